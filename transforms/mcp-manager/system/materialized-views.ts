import { carry, uuid } from '../../../public/index.ts';
import { mapping, statistic } from '../mapping.ts';

/** Views that the backend refreshes. */
export const materializedViews = mapping({
  from: 'public.materialized_views',
  to: 'materialized_views',
  columns: {
    id: uuid('id'),
    name: carry('name'),
    description: carry('description'),
    query: carry('query'),
    indexes: carry('indexes'),
    refresh_strategy: carry('refresh_strategy'),
    refresh_interval_minutes: carry('refresh_interval_minutes'),
    refresh_triggers: carry('refresh_triggers'),
    is_active: carry('is_active'),
    last_refreshed: carry('last_refreshed'),
    next_refresh: carry('next_refresh'),
    refresh_count: carry('refresh_count'),
    avg_refresh_time_ms: statistic('avg_refresh_time_ms'),
    row_count: carry('row_count'),
    size_bytes: carry('size_bytes'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
