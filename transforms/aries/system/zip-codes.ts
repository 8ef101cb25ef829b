import { id, text } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** Keyed by ZIP code. */
export const zipCodes = mapping({
  from: 'dmeworks.tbl_zipcode',
  to: 'zip_codes',
  scope: 'shared',
  columns: {
    id: id('Zip', 'text'),
    zip: text('Zip'),
    state: text('State'),
    city: text('City'),
  },
});
