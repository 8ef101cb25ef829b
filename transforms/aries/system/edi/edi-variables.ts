import { id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

/** Keyed by name. */
export const ediVariables = mapping({
  from: 'repository.tbl_variables',
  to: 'edi_variables',
  scope: 'shared',
  columns: {
    id: id('Name', 'text'),
    name: text('Name'),
    value: text('Value'),
  },
});
