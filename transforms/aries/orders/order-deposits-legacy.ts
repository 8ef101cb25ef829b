import { carry, date, ref } from '../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../mapping.ts';

/** The older form of tbl_depositdetails, with the same key; both are carried. */
export const orderDepositsLegacy = mapping({
  from: 'c01.tbl_orderdeposits',
  to: 'order_deposits_legacy',
  columns: {
    tenant_id: tenant(),
    order_detail_id: ref('order_details', 'OrderDetailsID', required),
    order_id: ref('orders', 'OrderID', required),
    customer_id: ref('customers', 'CustomerID', required),
    amount: carry('Amount'),
    deposit_date: date('Date'),
    ...lastUpdate,
  },
});
