import { id, text } from '../../../../public/index.ts';
import { mapping, tenant } from '../../mapping.ts';

export const serialTransactionTypes = mapping({
  from: 'c01.tbl_serial_transaction_type',
  to: 'serial_transaction_types',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
  },
});
