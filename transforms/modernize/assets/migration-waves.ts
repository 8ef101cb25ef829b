import { carry, ref } from '../../../public/index.ts';
import { tenancy, tenancyFlags } from '../joins.ts';
import { mapping, optional, required } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';

/** A wave of an engagement. */
export const migrationWaves = mapping({
  from: 'public.migration_waves',
  to: 'migration_waves',
  joins: tenancy,
  filter: unlessMock(['is_mock', ...tenancyFlags]),
  columns: {
    id: carry('id'),
    client_account_id: tenant('client_account_id', ['is_mock', ...tenancyFlags]),
    engagement_id: ref('engagements', 'engagement_id', required),
    wave_number: carry('wave_number'),
    name: carry('name'),
    description: carry('description'),
    status: carry('status'),
    planned_start_date: carry('planned_start_date'),
    planned_end_date: carry('planned_end_date'),
    actual_start_date: carry('actual_start_date'),
    actual_end_date: carry('actual_end_date'),
    total_assets: carry('total_assets'),
    completed_assets: carry('completed_assets'),
    failed_assets: carry('failed_assets'),
    estimated_cost: carry('estimated_cost'),
    actual_cost: carry('actual_cost'),
    estimated_effort_hours: carry('estimated_effort_hours'),
    actual_effort_hours: carry('actual_effort_hours'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
    created_by: ref('users', 'created_by', optional),
  },
});
