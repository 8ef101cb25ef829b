import type { Structure } from '../../../core/ports/structure.ts';
import { locateTables, type SchemaName } from '../schema.ts';
import type { SessionPool } from '../session-pool.ts';
import { type CatalogServer, openCatalog } from './catalog-server.ts';
import { readColumns } from './columns.ts';
import { readChecks, readForeignKeys, readIndexes } from './constraints.ts';
import { readObjects } from './objects.ts';

/** Reads everything that the schemas hold except rows. */
export async function readStructure(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Structure> {
  if (schemas.length === 0) return { tables: [], objects: [] };
  const server = await openCatalog(pool, schemas);
  const located = await locateTables(pool, schemas);
  const columns = await readColumns(server, located);
  const comments = await readComments(server);
  const [indexes, foreignKeys, checks] = [
    await readIndexes(server),
    await readForeignKeys(server),
    await readChecks(server),
  ];
  const tables = located.map((one) => ({
    ...one.table,
    columns: columns.get(one) ?? [],
    comment: comments.get(server.idOf(one.live.schema, one.live.table)) || null,
    indexes: indexes(one),
    foreignKeys: foreignKeys(one),
    checks: checks(one),
  }));
  return { tables, objects: await readObjects(server) };
}

async function readComments({ ask, within, idOf }: CatalogServer): Promise<ReadonlyMap<string, string | null>> {
  const rows = await ask(`
    select table_schema, table_name, table_comment from information_schema.tables where ${within('table_schema')}`);
  return new Map(rows.map(([schema, table, comment = null]) => [idOf(schema as string, table as string), comment]));
}
