import { carry, ref } from '../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../mapping.ts';

/** The part of a deposit that belongs to one order line. Its key is the key of the line. */
export const orderDepositLines = mapping({
  from: 'c01.tbl_depositdetails',
  to: 'order_deposit_lines',
  columns: {
    tenant_id: tenant(),
    order_detail_id: ref('order_details', 'OrderDetailsID', required),
    order_id: ref('orders', 'OrderID', required),
    customer_id: ref('customers', 'CustomerID', required),
    amount: carry('Amount'),
    ...lastUpdate,
  },
});
