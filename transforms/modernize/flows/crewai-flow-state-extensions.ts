import { carry, constant, pointsAt } from '../../../public/index.ts';
import { importFlags, imports, tenancyFlags } from '../joins.ts';
import { mapping } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';
import { ofFlow, uuid, varchar } from '../rules.ts';

/** The master flow. Tenant, engagement, user, name and status come from its discovery flow, the only kind that existed. */
export const crewaiFlowStateExtensions = mapping({
  from: 'public.crewai_flow_state_extensions',
  to: 'crewai_flow_state_extensions',
  joins: {
    flow: { table: 'public.discovery_flows', by: 'discovery_flow_id' },
    account: { table: 'public.client_accounts', by: 'flow.client_account_id' },
    engagement: { table: 'public.engagements', by: 'flow.engagement_id' },
    owner: { table: 'public.client_accounts', by: 'engagement.client_account_id' },
    ...{ ...imports, imported: { table: 'public.data_imports', by: 'flow.data_import_id' } },
  },
  filter: unlessMock(['flow.is_mock', ...tenancyFlags, ...importFlags]),
  columns: {
    id: carry('id'),
    flow_id: carry('flow_id'),
    client_account_id: tenant('flow.client_account_id', ['flow.is_mock', ...tenancyFlags, ...importFlags]),
    engagement_id: pointsAt('engagements', ofFlow('flow.engagement_id', uuid), 'reject'),
    user_id: ofFlow('flow.user_id', varchar(255)),
    flow_type: constant('discovery', () => 'discovery'),
    flow_name: carry('flow.flow_name'),
    flow_status: ofFlow('flow.status', varchar(20)),
    flow_persistence_data: carry('flow_persistence_data'),
    agent_collaboration_log: carry('agent_collaboration_log'),
    memory_usage_metrics: carry('memory_usage_metrics'),
    knowledge_base_analytics: carry('knowledge_base_analytics'),
    phase_execution_times: carry('phase_execution_times'),
    agent_performance_metrics: carry('agent_performance_metrics'),
    crew_coordination_analytics: carry('crew_coordination_analytics'),
    learning_patterns: carry('learning_patterns'),
    user_feedback_history: carry('user_feedback_history'),
    adaptation_metrics: carry('adaptation_metrics'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
