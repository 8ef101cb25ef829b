import { bool, id, label, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

/** The password is not carried. */
export const claimSubmitters = mapping({
  from: 'c01.tbl_submitter',
  to: 'claim_submitters',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    ecs_format: label('ECSFormat'),
    name: text('Name'),
    submitter_number: text('Number'),
    is_production: bool('Production'),
    contact_name: text('ContactName'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    state: text('State'),
    zip: text('Zip'),
    phone: text('Phone1'),
    last_batch_number: text('LastBatchNumber'),
    ...lastUpdate,
  },
  drops: {
    Password: 'a clear-text password is never carried; a new one is issued after the cutover',
  },
});
