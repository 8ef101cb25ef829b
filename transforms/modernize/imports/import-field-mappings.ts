import { carry, derive, ref, within } from '../../../public/index.ts';
import { engagementOfImport, mockImport, tenantOfImport } from '../import-of.ts';
import { imports, v3Imports } from '../joins.ts';
import { mapping, required } from '../mapping.ts';
import { unlessMock } from '../mock.ts';
import { masterFlowOf, nothing, varchar } from '../rules.ts';

/** Tenant, engagement and master flow come from the import. */
export const importFieldMappings = mapping({
  from: 'public.import_field_mappings',
  to: 'import_field_mappings',
  joins: { ...imports, ...v3Imports },
  filter: unlessMock(mockImport),
  columns: {
    id: carry('id'),
    data_import_id: ref('data_imports', 'data_import_id', required),
    client_account_id: tenantOfImport,
    master_flow_id: masterFlowOf('imported.master_flow_id', 'importMaster.flow_id'),
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
    engagement_id: engagementOfImport,
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
