import { date, id, text } from '../../../../public/index.ts';
import { mapping, sharedLastUpdate } from '../../mapping.ts';

/** Keyed by code. */
export const icd9Codes = mapping({
  from: 'dmeworks.tbl_icd9',
  to: 'icd9_codes',
  scope: 'shared',
  columns: {
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
    active_date: date('ActiveDate'),
    inactive_date: date('InactiveDate'),
    ...sharedLastUpdate,
  },
});
