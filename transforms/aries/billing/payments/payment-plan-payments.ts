import { carry, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../../mapping.ts';

/** DueDate 1900-01-01 means "not set". Details is likely XML and stays text. */
export const paymentPlanPayments = mapping({
  from: 'c01.tbl_paymentplan_payments',
  to: 'payment_plan_payments',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    payment_plan_id: ref('payment_plans', 'PaymentPlanID', required),
    customer_id: ref('customers', 'CustomerID', required),
    installment_number: carry('Index'),
    due_date: date('DueDate', { sentinels: ['1900-01-01'] }),
    due_amount: carry('DueAmount'),
    payment_date: date('PaymentDate'),
    payment_amount: carry('PaymentAmount'),
    details: text('Details'),
    ...lastUpdate,
  },
});
