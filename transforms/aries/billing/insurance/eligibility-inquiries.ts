import { date, id, ref, text } from '../../../../public/index.ts';
import { mapping, required, tenant } from '../../mapping.ts';

/** Inquiries sent through Ability; requests and responses are kept as the text that went over the wire. */
export const eligibilityInquiries = mapping({
  from: 'c01.tbl_ability_eligibility_request',
  to: 'eligibility_inquiries',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    customer_id: ref('customers', 'CustomerID', required),
    customer_insurance_id: ref('customer_insurances', 'CustomerInsuranceID', required),
    requested_at: date('RequestTime'),
    request_text: text('RequestText'),
    responded_at: date('ResponseTime'),
    response_text: text('ResponseText'),
    submitted_at: date('SubmissionTime'),
    submission_text: text('SubmissionText'),
  },
});
