import { carry, derive, ref, text } from '../../../public/index.ts';
import { assetFlags, assetJoins, tenancy, tenancyFlags } from '../joins.ts';
import { mapping, required } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';
import { toMasterFlow } from '../rules.ts';

/** Title and description become the summary, the rationale the recommendations. The target has no columns for scores. */
export const assessments = mapping({
  from: 'public.assessments',
  to: 'assessments',
  joins: { ...tenancy, ...assetJoins },
  filter: unlessMock([...tenancyFlags, ...assetFlags]),
  columns: {
    id: carry('id'),
    client_account_id: tenant('client_account_id', [...tenancyFlags, ...assetFlags]),
    engagement_id: ref('engagements', 'engagement_id', required),
    assessment_type: text('assessment_type'),
    status: text('status'),
    risk_level: text('risk_level'),
    summary: derive(['title', 'description'], { kind: 'text', native: 'text' }, ({ title, description }) =>
      description === null ? title : `${title}\n\n${description}`,
    ),
    recommendations: carry('strategy_rationale'),
    master_flow_id: toMasterFlow(carry('asset.master_flow_id')),
  },
  drops: {
    overall_score: 'the target has no such column',
    confidence_level: 'the target has no such column',
    recommended_strategy: 'the target has no such column',
    alternative_strategies: 'the target has no such column',
    current_cost: 'the target has no such column',
    estimated_migration_cost: 'the target has no such column',
    estimated_target_cost: 'the target has no such column',
    cost_savings_potential: 'the target has no such column',
    roi_months: 'the target has no such column',
    identified_risks: 'the target has no such column',
    risk_mitigation: 'the target has no such column',
    blockers: 'the target has no such column',
    dependencies_impact: 'the target has no such column',
    technical_complexity: 'the target has no such column',
    compatibility_score: 'the target has no such column',
    modernization_opportunities: 'the target has no such column',
    performance_impact: 'the target has no such column',
    business_criticality: 'the target has no such column',
    downtime_requirements: 'the target has no such column',
    user_impact: 'the target has no such column',
    compliance_considerations: 'the target has no such column',
    ai_insights: 'the target has no such column',
    ai_confidence: 'the target has no such column',
    ai_model_version: 'the target has no such column',
    estimated_effort_hours: 'the target has no such column',
    estimated_duration_days: 'the target has no such column',
    recommended_wave: 'the target has no such column',
    prerequisites: 'the target has no such column',
    assessor: 'the target has no such column',
    assessment_date: 'the target has no such column',
    review_date: 'the target has no such column',
    approval_date: 'the target has no such column',
    created_at: 'the target has no such column',
    updated_at: 'the target has no such column',
    migration_id: 'the target has no such column',
  },
});
