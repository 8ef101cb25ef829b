import { id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, optionalCode, tenant } from '../../mapping.ts';

/** The password of each number is not carried. */
export const providerNumbers = mapping({
  from: 'c01.tbl_provider',
  to: 'provider_numbers',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    location_id: ref('locations', 'LocationID', optional),
    insurance_company_id: ref('insurance_companies', 'InsuranceCompanyID', optional),
    provider_number: text('ProviderNumber'),
    provider_number_type_code: text('ProviderNumberType'),
    provider_number_type_id: ref('provider_number_types', 'ProviderNumberType', optionalCode),
    ...lastUpdate,
  },
  drops: {
    Password: 'a clear-text password is never carried; a new one is issued after the cutover',
  },
});
