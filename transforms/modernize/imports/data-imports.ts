import { carry, ref, within } from '../../../public/index.ts';
import { masterFlow, tenancy, tenancyFlags } from '../joins.ts';
import { mapping, optional } from '../mapping.ts';
import { author, tenant, unlessMock } from '../mock.ts';
import { masterFlowOf, nothing } from '../rules.ts';

/** An import without an account gets that of its engagement. The master flow's key becomes its flow id. */
export const dataImports = mapping({
  from: 'public.data_imports',
  to: 'data_imports',
  joins: { ...tenancy, ...masterFlow, importer: { table: 'public.users', by: 'imported_by' } },
  filter: unlessMock(['is_mock', ...tenancyFlags, 'masterFlow.is_mock']),
  columns: {
    id: carry('id'),
    client_account_id: tenant(
      'client_account_id',
      ['is_mock', ...tenancyFlags, 'masterFlow.is_mock'],
      ['engagement.client_account_id'],
    ),
    engagement_id: ref('engagements', 'engagement_id', optional),
    master_flow_id: masterFlowOf('master_flow_id', 'master.flow_id'),
    import_name: carry('import_name'),
    import_type: carry('import_type'),
    description: carry('description'),
    filename: carry('source_filename'),
    file_size: carry('file_size_bytes'),
    mime_type: carry('file_type'),
    source_system: nothing(),
    status: within('status'),
    progress_percentage: carry('progress_percentage'),
    total_records: carry('total_records'),
    processed_records: carry('processed_records'),
    failed_records: carry('failed_records'),
    imported_by: author('imported_by', 'importer.is_mock'),
    error_message: nothing(),
    error_details: nothing(),
    started_at: carry('started_at'),
    completed_at: carry('completed_at'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
  drops: {
    file_hash: 'the target has no such column',
    import_config: 'the target has no such column',
  },
});
