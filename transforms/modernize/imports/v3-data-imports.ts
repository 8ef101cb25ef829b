import { carry, constant, pointsAt, ref, utc, within } from '../../../public/index.ts';
import { tenancy, tenancyFlags } from '../joins.ts';
import { mapping, optional } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';
import { nothing, systemUser, toMasterFlow } from '../rules.ts';

/** An import of the v3 tables, named after its file and imported by the system user. The old table wins, and marks it as mock. */
export const v3DataImports = mapping({
  from: 'public.v3_data_imports',
  to: 'data_imports',
  yieldsTo: 'public.data_imports',
  joins: { ...tenancy, twin: { table: 'public.data_imports', by: 'id' } },
  filter: unlessMock([...tenancyFlags, 'twin.is_mock']),
  columns: {
    id: carry('id'),
    client_account_id: tenant('client_account_id', [...tenancyFlags, 'twin.is_mock']),
    engagement_id: ref('engagements', 'engagement_id', optional),
    master_flow_id: toMasterFlow(nothing()),
    import_name: within('filename'),
    import_type: constant('v3', () => 'v3'),
    description: nothing(),
    filename: within('filename'),
    file_size: carry('file_size'),
    mime_type: within('mime_type'),
    source_system: within('source_system'),
    status: within('status'),
    progress_percentage: nothing(),
    total_records: carry('total_records'),
    processed_records: carry('processed_records'),
    failed_records: carry('failed_records'),
    imported_by: pointsAt('users', systemUser(), 'reject'),
    error_message: carry('error_message'),
    error_details: carry('error_details'),
    started_at: nothing(),
    completed_at: utc('completed_at'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
  },
});
