import { carry, uuid } from '../../../public/index.ts';
import { mapping, statistic } from '../mapping.ts';

/** How long rows of a table are kept. */
export const dataRetentionPolicies = mapping({
  from: 'public.data_retention_policies',
  to: 'data_retention_policies',
  columns: {
    id: uuid('id'),
    name: carry('name'),
    description: carry('description'),
    table_name: carry('table_name'),
    date_column: carry('date_column'),
    retention_days: carry('retention_days'),
    batch_size: carry('batch_size'),
    conditions: carry('conditions'),
    is_active: carry('is_active'),
    last_run: carry('last_run'),
    next_run: carry('next_run'),
    total_deleted: carry('total_deleted'),
    last_deleted_count: carry('last_deleted_count'),
    avg_execution_time_ms: statistic('avg_execution_time_ms'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
