import { carry, id, text } from '../../../../public/index.ts';
import { mapping, tenant } from '../../mapping.ts';

/** Procedures look these rows up by name, which is unique without regard to case. The columns are factors. */
export const invoiceTransactionTypes = mapping({
  from: 'c01.tbl_invoice_transactiontype',
  to: 'invoice_transaction_types',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    balance: carry('Balance'),
    allowable: carry('Allowable'),
    amount: carry('Amount'),
    taxes: carry('Taxes'),
  },
});
