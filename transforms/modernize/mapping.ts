import { mappingsOf } from '../../core/mapping/mapping.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the old schema. */
export const mapping = mappingsOf<typeof source>();

/** Joins that many mappings share. */
export const account = { table: 'public.client_accounts', by: 'client_account_id' } as const;
export const engagement = { table: 'public.engagements', by: 'engagement_id' } as const;
export const user = { table: 'public.users', by: 'user_id' } as const;
export const imported = { table: 'public.data_imports', by: 'data_import_id' } as const;
export const v3Imported = { table: 'public.v3_data_imports', by: 'data_import_id' } as const;

/** An optional reference: an orphan becomes null. */
export const optional = { orphan: 'null' } as const;

/** A required reference: an orphan rejects the row. */
export const required = { orphan: 'reject' } as const;
