import { id, text } from '../../../../public/index.ts';
import { mapping, tenant } from '../../mapping.ts';

export const permissionObjects = mapping({
  from: 'c01.tbl_object',
  to: 'permission_objects',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    description: text('Description'),
    name: text('Name'),
  },
});
