import { carry, id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

/** Keyed by name. */
export const ediCertificates = mapping({
  from: 'repository.tbl_certificates',
  to: 'edi_certificates',
  scope: 'shared',
  columns: {
    id: id('Name', 'text'),
    name: text('Name'),
    description: text('Description'),
    data: carry('Data'),
  },
});
