import type { Structure } from '../../../core/ports/structure.ts';
import { locateTables, type SchemaName } from '../schema.ts';
import type { SessionPool } from '../session-pool.ts';
import { readColumns } from './columns.ts';
import { readChecks, readForeignKeys, readIndexes } from './constraints.ts';
import { readObjects } from './objects.ts';
import { type StructureReader, structureReader } from './structure-reader.ts';

/** Reads everything that the schemas hold except rows. */
export async function readStructure(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Structure> {
  const reader = structureReader(pool, schemas);
  const located = await locateTables(pool, schemas);
  const [columns, comments, indexes] = [
    await readColumns(reader),
    await readComments(reader),
    await readIndexes(reader),
  ];
  const [foreignKeys, checks] = [await readForeignKeys(reader), await readChecks(reader)];
  const tables = located.map((one) => ({
    ...one.table,
    columns: columns(one),
    comment: comments(one)[0]?.comment ?? null,
    indexes: indexes(one),
    foreignKeys: foreignKeys(one),
    checks: checks(one),
  }));
  return { tables, objects: await readObjects(reader) };
}

async function readComments({ ask, perTable }: StructureReader): Promise<ReturnType<StructureReader['perTable']>> {
  const sql = `
    select n.nspname as schema, c.relname as "table", obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'f') and not c.relispartition`;
  return perTable(await ask(sql));
}
