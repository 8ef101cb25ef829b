import { bool, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../../mapping.ts';

/**
 * One company's data about a shared insurance company. The key is the reference, so the tenant is part of the primary
 * key.
 */
export const payers = mapping({
  from: 'c01.tbl_payer',
  to: 'payers',
  columns: {
    tenant_id: tenant(),
    insurance_company_id: ref('insurance_companies', 'InsuranceCompanyID', required),
    is_participating_provider: bool('ParticipatingProvider'),
    extract_ordering_physician: bool('ExtractOrderingPhysician'),
    extract_referring_physician: bool('ExtractReferringPhysician'),
    extract_rendering_provider: bool('ExtractRenderingProvider'),
    taxonomy_code_prefix: text('TaxonomyCodePrefix'),
    ...lastUpdate,
  },
});
