import { id, text } from '../../../../public/index.ts';
import { mapping, sharedLastUpdate } from '../../mapping.ts';

export const doctorTypes = mapping({
  from: 'dmeworks.tbl_doctortype',
  to: 'doctor_types',
  scope: 'shared',
  columns: {
    id: id('ID'),
    name: text('Name'),
    ...sharedLastUpdate,
  },
});
