import { carry, date, label, ref, text } from '../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../mapping.ts';

/**
 * Deposits by order, keyed by customer and order together. tbl_orderdeposits describes the same thing a second time.
 */
export const orderDeposits = mapping({
  from: 'c01.tbl_deposits',
  to: 'order_deposits',
  columns: {
    tenant_id: tenant(),
    customer_id: ref('customers', 'CustomerID', required),
    order_id: ref('orders', 'OrderID', required),
    amount: carry('Amount'),
    deposit_date: date('Date'),
    payment_method: label('PaymentMethod'),
    notes: text('Notes'),
    ...lastUpdate,
  },
});
