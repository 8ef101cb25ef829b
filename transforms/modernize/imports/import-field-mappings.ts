import { carry, derive, ref } from '../../../core/mapping/rules.ts';
import { within } from '../../../core/mapping/typed-rules.ts';
import { imported, mapping, optional, required } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';
import { masterFlowOf, nothing, varchar } from '../rules.ts';

/** Tenant, engagement and master flow come from the import. */
export const importFieldMappings = mapping({
  from: 'public.import_field_mappings',
  to: 'import_field_mappings',
  joins: {
    imported,
    account: { table: 'public.client_accounts', by: 'imported.client_account_id' },
    engagement: { table: 'public.engagements', by: 'imported.engagement_id' },
    owner: { table: 'public.client_accounts', by: 'engagement.client_account_id' },
    master: { table: 'public.crewai_flow_state_extensions', by: 'imported.master_flow_id' },
  },
  filter: unlessMock(['imported.is_mock', 'account.is_mock', 'owner.is_mock', 'engagement.is_mock']),
  columns: {
    id: carry('id'),
    data_import_id: ref('data_imports', 'data_import_id', required),
    client_account_id: tenant(
      'imported.client_account_id',
      ['imported.is_mock', 'account.is_mock', 'owner.is_mock', 'engagement.is_mock'],
      ['engagement.client_account_id'],
    ),
    master_flow_id: masterFlowOf('imported.master_flow_id', 'master.flow_id'),
    source_field: within('source_field'),
    target_field: within('target_field'),
    match_type: carry('mapping_type'),
    confidence_score: carry('confidence_score'),
    status: carry('status'),
    suggested_by: carry('suggested_by'),
    approved_by: derive(['validated_by'], varchar(36), ({ validated_by }) => validated_by),
    approved_at: carry('validated_at'),
    transformation_rules: carry('transformation_logic'),
    created_at: carry('created_at'),
    updated_at: nothing(),
    engagement_id: ref('engagements', 'imported.engagement_id', optional),
  },
  drops: {
    validation_rules: 'the target has no such column',
    is_user_defined: 'the target has no such column',
    is_validated: 'the target has no such column',
    validation_method: 'the target has no such column',
    user_feedback: 'the target has no such column',
    original_ai_suggestion: 'the target has no such column',
    correction_reason: 'the target has no such column',
    sample_values: 'the target has no such column',
  },
});
