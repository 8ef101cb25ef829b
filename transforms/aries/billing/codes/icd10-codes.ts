import { bool, date, id, text } from '../../../../public/index.ts';
import { mapping, sharedLastUpdate } from '../../mapping.ts';

/** Keyed by code. The view c01.tbl_icd10 hides the headers (Header = 1); the table, and so this mapping, has them. */
export const icd10Codes = mapping({
  from: 'dmeworks.tbl_icd10',
  to: 'icd10_codes',
  scope: 'shared',
  columns: {
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
    is_header: bool('Header'),
    active_date: date('ActiveDate'),
    inactive_date: date('InactiveDate'),
    ...sharedLastUpdate,
  },
});
