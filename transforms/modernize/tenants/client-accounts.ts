import { carry, within } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';
import { leavesMockOut, testTenants } from '../mock.ts';

/** Mock accounts are merged into the test tenants: their rows move there, and the accounts are filtered. */
export const clientAccounts = mapping({
  from: 'public.client_accounts',
  to: 'client_accounts',
  filter: {
    name: 'mock-account',
    reads: ['is_mock', 'id'],
    drops: ([isMock, id], known) =>
      isMock === true && (leavesMockOut(known?.params) || !testTenants.some((t) => t === id)),
  },
  columns: {
    id: carry('id'),
    name: within('name'),
    slug: carry('slug'),
    description: carry('description'),
    industry: carry('industry'),
    company_size: carry('company_size'),
    headquarters_location: carry('headquarters_location'),
    primary_contact_name: carry('primary_contact_name'),
    primary_contact_email: carry('primary_contact_email'),
    primary_contact_phone: carry('primary_contact_phone'),
    subscription_tier: carry('subscription_tier'),
    billing_contact_email: carry('billing_contact_email'),
    settings: carry('settings'),
    branding: carry('branding'),
    business_objectives: carry('business_objectives'),
    it_guidelines: carry('it_guidelines'),
    decision_criteria: carry('decision_criteria'),
    agent_preferences: carry('agent_preferences'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
    created_by: carry('created_by'),
    is_active: carry('is_active'),
  },
});
