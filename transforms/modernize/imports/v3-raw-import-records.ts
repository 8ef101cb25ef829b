import { carry, ref, utc } from '../../../public/index.ts';
import { engagementOfImport, mockImport, optionalTenantOfImport } from '../import-of.ts';
import { imports, v3Imports } from '../joins.ts';
import { mapping, required } from '../mapping.ts';
import { unlessMock } from '../mock.ts';
import { nothing, toMasterFlow } from '../rules.ts';

/** A record of a v3 import, with the account and engagement of that import. The old table wins. */
export const v3RawImportRecords = mapping({
  from: 'public.v3_raw_import_records',
  to: 'raw_import_records',
  yieldsTo: 'public.raw_import_records',
  joins: { ...imports, ...v3Imports },
  filter: unlessMock(mockImport),
  columns: {
    id: carry('id'),
    data_import_id: ref('data_imports', 'data_import_id', required),
    client_account_id: optionalTenantOfImport,
    engagement_id: engagementOfImport,
    master_flow_id: toMasterFlow(nothing()),
    row_number: carry('record_index'),
    raw_data: carry('raw_data'),
    cleansed_data: carry('cleansed_data'),
    validation_errors: carry('validation_errors'),
    processing_notes: nothing(),
    is_processed: carry('is_processed'),
    is_valid: carry('is_valid'),
    asset_id: nothing(),
    created_at: utc('created_at'),
    processed_at: utc('processed_at'),
  },
});
