import { id, text } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** Keyed by name. */
export const sharedVariables = mapping({
  from: 'dmeworks.tbl_variables',
  to: 'shared_variables',
  scope: 'shared',
  columns: {
    id: id('Name', 'text'),
    name: text('Name'),
    value: text('Value'),
  },
});
