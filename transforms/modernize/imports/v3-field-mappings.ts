import { carry, ref, utc, within } from '../../../public/index.ts';
import { engagementOfImport, orMockImport } from '../import-of.ts';
import { account, imports, v3Imports } from '../joins.ts';
import { mapping, required } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';
import { nothing, orElse, toMasterFlow } from '../rules.ts';

const mock = orMockImport(['account.is_mock']);

/** A field mapping of a v3 import, with the engagement of that import. The old table wins. */
export const v3FieldMappings = mapping({
  from: 'public.v3_field_mappings',
  to: 'import_field_mappings',
  yieldsTo: 'public.import_field_mappings',
  joins: { account, ...imports, ...v3Imports },
  filter: unlessMock(mock),
  columns: {
    id: carry('id'),
    data_import_id: ref('data_imports', 'data_import_id', required),
    client_account_id: tenant('client_account_id', mock),
    master_flow_id: toMasterFlow(nothing()),
    source_field: within('source_field'),
    target_field: within('target_field'),
    match_type: orElse(within('match_type'), 'direct', 'no-match-type'),
    confidence_score: carry('confidence_score'),
    status: within('status'),
    suggested_by: within('suggested_by'),
    approved_by: within('approved_by'),
    approved_at: utc('approved_at'),
    transformation_rules: carry('transformation_rules'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
    engagement_id: engagementOfImport,
  },
});
