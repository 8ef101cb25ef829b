import { date, id, label, ref, text } from '../../../../public/index.ts';
import { mapping, optional, owned, tenant } from '../../mapping.ts';

/** RequestTime 1900-01-01 means "not sent". Batches live in the shared EDI repository. */
export const eligibilityRequests = mapping({
  from: 'c01.tbl_eligibilityrequest',
  to: 'eligibility_requests',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    customer_id: ref('customers', 'CustomerID', owned),
    customer_insurance_id: ref('customer_insurances', 'CustomerInsuranceID', optional),
    region: label('Region'),
    request_batch_id: ref('edi_batches', 'RequestBatchID', optional),
    requested_at: date('RequestTime', { sentinels: ['1900-01-01'] }),
    request_text: text('RequestText'),
    response_batch_id: ref('edi_batches', 'ResponseBatchID', optional),
    responded_at: date('ResponseTime'),
    response_text: text('ResponseText'),
    submitted_at: date('SubmissionTime'),
    submission_text: text('SubmissionText'),
  },
});
