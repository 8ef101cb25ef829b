import { carry, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../../mapping.ts';

export const batchPayments = mapping({
  from: 'c01.tbl_batchpayment',
  to: 'batch_payments',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    insurance_company_id: ref('insurance_companies', 'InsuranceCompanyID', required),
    check_number: text('CheckNumber'),
    check_date: date('CheckDate'),
    check_amount: carry('CheckAmount'),
    amount_used: carry('AmountUsed'),
    ...lastUpdate,
  },
});
