import { bool, ref } from '../../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../../mapping.ts';

/** Keyed by user and object together. ObjectID is SMALLINT and its parent INT, which ids do not depend on. */
export const userPermissions = mapping({
  from: 'c01.tbl_permissions',
  to: 'user_permissions',
  columns: {
    tenant_id: tenant(),
    user_id: ref('users', 'UserID', required),
    permission_object_id: ref('permission_objects', 'ObjectID', required),
    can_add_edit: bool('ADD_EDIT'),
    can_delete: bool('DELETE'),
    can_process: bool('PROCESS'),
    can_view: bool('VIEW'),
    ...lastUpdate,
  },
});
