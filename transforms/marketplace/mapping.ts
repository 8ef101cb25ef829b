import { mappingsOf } from '../../core/mapping/mapping.ts';
import { carry } from '../../core/mapping/rules.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the legacy schema. */
export const mapping = mappingsOf<typeof source>();

/** A reference without which the row means nothing: one whose parent did not arrive rejects the row. */
export const required = { orphan: 'reject' } as const;

/** When a row was made and last changed, as the source says; the load runs no ORM that would set them anew. */
export const timestamps = { created_at: carry('createdAt'), updated_at: carry('updatedAt') };
