import { carry, mappingsOf } from '../../public/index.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the legacy schema. */
export const mapping = mappingsOf<typeof source>();

/** A required reference. A row whose parent was not loaded is rejected. */
export const required = { orphan: 'reject' } as const;

/** Creation and update times, carried from the source. The load runs no ORM that would replace them. */
export const timestamps = { created_at: carry('createdAt'), updated_at: carry('updatedAt') };
