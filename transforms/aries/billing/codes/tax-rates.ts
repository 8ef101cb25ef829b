import { carry, id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

/** Percentages in DOUBLE, carried exactly. */
export const taxRates = mapping({
  from: 'c01.tbl_taxrate',
  to: 'tax_rates',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    city_tax: carry('CityTax'),
    county_tax: carry('CountyTax'),
    name: text('Name'),
    other_tax: carry('OtherTax'),
    state_tax: carry('StateTax'),
    ...lastUpdate,
  },
});
