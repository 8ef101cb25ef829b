import { tenantId } from '../../core/mapping/ids/entity-ids.ts';
import { mappingsOf } from '../../core/mapping/mapping.ts';
import { carry, constant, date, ref } from '../../core/mapping/rules.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the legacy schemas. */
export const mapping = mappingsOf<typeof source>();

/** The tenant of the run; first column of everything that a company owns. */
export const tenant = () => constant('tenant', ({ params }) => tenantId(params.tenant as string));

/** A reference that a row can do without: 0 means "none", an orphan becomes null. */
export const optional = { none: ['0'], orphan: 'null' } as const;

/** As `optional`, for a code, where '' means "none". */
export const optionalCode = { none: [''], orphan: 'null' } as const;

/** A reference without which the row means nothing: an orphan, 0 among them, rejects the row. */
export const required = { orphan: 'reject' } as const;

/** A reference to what the row belongs to: 0 means "none" and becomes null, any other key without a parent rejects the row. */
export const owned = { none: ['0'], orphan: 'reject' } as const;

/** Who last changed a row of a company, and when; any UPDATE rewrote the time. */
export const lastUpdate = {
  last_update_user_id: ref('users', 'LastUpdateUserID', optional),
  last_updated_at: date('LastUpdateDatetime'),
};

/** As `lastUpdate`, in shared tables: whose user it was cannot be told, so the legacy number is carried. */
export const sharedLastUpdate = {
  last_update_user_legacy_id: carry('LastUpdateUserID'),
  last_updated_at: date('LastUpdateDatetime'),
};
