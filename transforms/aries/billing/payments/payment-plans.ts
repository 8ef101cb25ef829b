import { carry, date, id, label, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../../mapping.ts';

/** FirstPayment 1900-01-01 means "not set". Details is likely XML and stays text. */
export const paymentPlans = mapping({
  from: 'c01.tbl_paymentplan',
  to: 'payment_plans',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    customer_id: ref('customers', 'CustomerID', required),
    period: label('Period'),
    first_payment_date: date('FirstPayment', { sentinels: ['1900-01-01'] }),
    payment_count: carry('PaymentCount'),
    payment_amount: carry('PaymentAmount'),
    details: text('Details'),
    ...lastUpdate,
  },
});
