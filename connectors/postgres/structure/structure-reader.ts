import { type LocatedTable, nameIn, type SchemaName } from '../schema.ts';
import type { TextRow } from '../session.ts';
import type { SessionPool } from '../session-pool.ts';
import { schemaInBody, withoutSchemas } from './without-schemas.ts';

/** Queries about the same schemas, and what these are called. */
export interface StructureReader {
  /** Runs a query whose parameter `$1` is the list of live schemas. */
  ask(sql: string): Promise<readonly TextRow[]>;
  /** Takes the names of the schemas out of SQL. */
  plain(sql: string): string;
  /** Why the definition of a routine cannot be run in another schema; null where nothing speaks against it. */
  obstacle(sql: string): string | null;
  /** Groups rows by their `schema` and `table`. */
  perTable(rows: readonly TextRow[]): (located: LocatedTable) => readonly TextRow[];
  /** The logical schemas that read a live one. */
  readers(live: string): readonly SchemaName[];
  /** What a table is called, in the same logical schema as `own` where that one is its reader. */
  nameOf(own: SchemaName, live: string, table: string): string;
}

/** Makes the reader of the schemas. */
export function structureReader(pool: SessionPool, schemas: readonly SchemaName[]): StructureReader {
  const live = [...new Set(schemas.map((schema) => schema.live))];
  const readers = (name: string) => schemas.filter((schema) => schema.live === name);
  return {
    ask: (sql) => pool.rows(sql, [live], 'list what its schemas hold'),
    plain: (sql) => withoutSchemas(sql, live),
    obstacle: (sql) => routineObstacle(sql, live),
    perTable: groupRows,
    readers,
    nameOf: (own, schema, table) => {
      const all = readers(schema);
      const reader = all.find((each) => each === own) ?? all[0];
      return reader === undefined ? `${schema}.${table}` : nameIn(reader, table);
    },
  };
}

/** Names in a body are found when the routine is called, and then the schema may have another name. */
function routineObstacle(sql: string, live: readonly string[]): string | null {
  const named = schemaInBody(sql, live);
  if (named !== null) return `its body names the schema ${named}`;
  const [, path] = /^ SET search_path TO (.*)$/m.exec(sql) ?? [];
  const set = path === undefined ? undefined : live.find((schema) => path.includes(`'${schema}'`));
  return set === undefined ? null : `it sets a search path to the schema ${set}`;
}

function groupRows(rows: readonly TextRow[]): (located: LocatedTable) => readonly TextRow[] {
  const idOf = (schema: string, table: string) => JSON.stringify([schema, table]);
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const id = idOf(row.schema as string, row.table as string);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return ({ schema, liveTable }) => groups.get(idOf(schema.live, liveTable)) ?? [];
}
