import type { Structure } from '../../../core/ports/structure.ts';
import type { SchemaName } from '../schema.ts';
import type { SessionPool } from '../session-pool.ts';
import { openCatalog } from './catalog.ts';
import { readColumns, readTableComments } from './columns.ts';
import { readChecks, readForeignKeys, readIndexes } from './constraints.ts';
import { readObjects } from './objects.ts';

/** Reads everything that the schemas hold except rows. */
export async function readStructure(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Structure> {
  if (schemas.length === 0) return { tables: [], objects: [] };
  const catalog = await openCatalog(pool, schemas);
  const columns = await readColumns(catalog);
  const comments = await readTableComments(catalog);
  const indexes = await readIndexes(catalog);
  const foreignKeys = await readForeignKeys(catalog);
  const checks = await readChecks(catalog);
  const tables = catalog.tables.map((located) => ({
    ...located.table,
    columns: columns(located),
    comment: comments.get(located.id) ?? null,
    indexes: indexes(located),
    foreignKeys: foreignKeys(located),
    checks: checks(located),
  }));
  return { tables, objects: await readObjects(catalog) };
}
