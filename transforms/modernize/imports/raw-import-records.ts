import { carry, ref } from '../../../public/index.ts';
import { orMockImport } from '../import-of.ts';
import { assetFlags, assetJoins, imports, masterFlow, tenancy, tenancyFlags, v3Imports } from '../joins.ts';
import { mapping, optional, required } from '../mapping.ts';
import { optionalTenant, unlessMock } from '../mock.ts';
import { masterFlowOf } from '../rules.ts';

const mock = orMockImport([...tenancyFlags, ...assetFlags, 'masterFlow.is_mock']);

/** A record is mock if its import, account, engagement, flow or asset is. A mock record without an account has no tenant. */
export const rawImportRecords = mapping({
  from: 'public.raw_import_records',
  to: 'raw_import_records',
  joins: { ...tenancy, ...imports, ...v3Imports, ...masterFlow, ...assetJoins },
  filter: unlessMock(mock),
  columns: {
    id: carry('id'),
    data_import_id: ref('data_imports', 'data_import_id', required),
    client_account_id: optionalTenant('client_account_id', mock),
    engagement_id: ref('engagements', 'engagement_id', optional),
    master_flow_id: masterFlowOf('master_flow_id', 'master.flow_id'),
    row_number: carry('row_number'),
    raw_data: carry('raw_data'),
    cleansed_data: carry('processed_data'),
    validation_errors: carry('validation_errors'),
    processing_notes: carry('processing_notes'),
    is_processed: carry('is_processed'),
    is_valid: carry('is_valid'),
    asset_id: carry('asset_id'),
    created_at: carry('created_at'),
    processed_at: carry('processed_at'),
  },
  drops: {
    record_id: 'the target has no such column',
  },
});
