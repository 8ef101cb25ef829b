import { carry, constant, date, mappingsOf, ref, tenantId } from '../../public/index.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the legacy schemas. */
export const mapping = mappingsOf<typeof source>();

/** The tenant of the run, the first column of every company table. */
export const tenant = () => constant('tenant', ({ params }) => tenantId(params.tenant as string));

/** An optional reference: 0 means "none", an orphan becomes null. */
export const optional = { none: ['0'], orphan: 'null' } as const;

/** Like `optional`, for a code, where '' means "none". */
export const optionalCode = { none: [''], orphan: 'null' } as const;

/** A required reference: an orphan rejects the row, 0 included. */
export const required = { orphan: 'reject' } as const;

/** A reference to the owner of the row: 0 means "none" and becomes null, any other orphan rejects the row. */
export const owned = { none: ['0'], orphan: 'reject' } as const;

/** User and time of the last change to a company's row. Every UPDATE rewrote the time. */
export const lastUpdate = {
  last_update_user_id: ref('users', 'LastUpdateUserID', optional),
  last_updated_at: date('LastUpdateDatetime'),
};

/** Like `lastUpdate`, for shared tables. The company of the user is unknown, so the legacy number is carried. */
export const sharedLastUpdate = {
  last_update_user_legacy_id: carry('LastUpdateUserID'),
  last_updated_at: date('LastUpdateDatetime'),
};
