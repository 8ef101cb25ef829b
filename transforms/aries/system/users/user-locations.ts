import { ref } from '../../../../public/index.ts';
import { mapping, required, tenant } from '../../mapping.ts';

/** Keyed by user and location together. */
export const userLocations = mapping({
  from: 'c01.tbl_user_location',
  to: 'user_locations',
  columns: {
    tenant_id: tenant(),
    user_id: ref('users', 'UserID', required),
    location_id: ref('locations', 'LocationID', required),
  },
});
