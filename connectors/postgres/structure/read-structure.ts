import type { Structure, TableStructure } from '../../../core/ports/structure.ts';
import { locateTables, type SchemaName } from '../schema.ts';
import type { TextRow } from '../session.ts';
import type { SessionPool } from '../session-pool.ts';
import { readColumns } from './columns.ts';
import { readChecks, readForeignKeys, readIndexes } from './constraints.ts';
import { readObjects } from './objects.ts';
import { type StructureReader, structureReader } from './structure-reader.ts';

/** Reads everything that the schemas hold except rows. */
export async function readStructure(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Structure> {
  const reader = structureReader(pool, schemas);
  const located = await locateTables(pool, schemas);
  const [columns, relations, indexes] = [
    await readColumns(reader),
    await readRelations(reader),
    await readIndexes(reader),
  ];
  const [foreignKeys, checks] = [await readForeignKeys(reader), await readChecks(reader)];
  const tables = located.map((one) => ({
    ...one.table,
    columns: columns(one),
    ...ownParts(relations(one)[0]),
    indexes: indexes(one),
    foreignKeys: foreignKeys(one),
    checks: checks(one),
  }));
  return { tables, objects: await readObjects(reader) };
}

function ownParts(row: TextRow | undefined): Pick<TableStructure, 'comment' | 'partitionedBy'> {
  const partition = row?.partitioned_by == null ? {} : { partitionedBy: row.partitioned_by };
  return { comment: row?.comment ?? null, ...partition };
}

async function readRelations({ ask, perTable }: StructureReader): Promise<ReturnType<StructureReader['perTable']>> {
  const sql = `
    select n.nspname as schema, c.relname as "table", obj_description(c.oid, 'pg_class') as comment,
      case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partitioned_by
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'f') and not c.relispartition`;
  return perTable(await ask(sql));
}
