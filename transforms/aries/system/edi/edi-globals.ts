import { id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

/** Keyed by name. */
export const ediGlobals = mapping({
  from: 'repository.tbl_globals',
  to: 'edi_globals',
  scope: 'shared',
  columns: {
    id: id('Name', 'text'),
    name: text('Name'),
    value: text('Value'),
  },
});
