import { mappingsOf } from '../../public/index.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the old schema. */
export const mapping = mappingsOf<typeof source>();

/** An optional reference: an orphan becomes null. */
export const optional = { orphan: 'null' } as const;

/** A required reference: an orphan rejects the row. */
export const required = { orphan: 'reject' } as const;
