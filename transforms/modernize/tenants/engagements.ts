import { carry, ref, within } from '../../../public/index.ts';
import { account } from '../joins.ts';
import { mapping, optional } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';

/** The engagement of an account. Mock engagements, and those of mock accounts, move to a test tenant. */
export const engagements = mapping({
  from: 'public.engagements',
  to: 'engagements',
  joins: { account },
  filter: unlessMock(['is_mock', 'account.is_mock']),
  columns: {
    id: carry('id'),
    client_account_id: tenant('client_account_id', ['is_mock', 'account.is_mock']),
    name: within('name'),
    slug: carry('slug'),
    description: carry('description'),
    engagement_type: carry('engagement_type'),
    status: carry('status'),
    priority: carry('priority'),
    start_date: carry('start_date'),
    target_completion_date: carry('target_completion_date'),
    actual_completion_date: carry('actual_completion_date'),
    engagement_lead_id: ref('users', 'engagement_lead_id', optional),
    client_contact_name: carry('client_contact_name'),
    client_contact_email: carry('client_contact_email'),
    settings: carry('settings'),
    migration_scope: carry('migration_scope'),
    team_preferences: carry('team_preferences'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
    created_by: carry('created_by'),
    is_active: carry('is_active'),
  },
});
