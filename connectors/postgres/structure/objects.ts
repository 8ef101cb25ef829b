import type { SchemaObject } from '../../../core/ports/structure.ts';
import { nameIn, type SchemaName } from '../schema.ts';
import type { TextRow } from '../session.ts';
import { objectQueries } from './object-queries.ts';
import type { StructureReader } from './structure-reader.ts';

/** These are called by their own names, as their tables or the database know them. */
const bareKinds: readonly SchemaObject['kind'][] = ['trigger', 'policy', 'rule', 'exclusion constraint', 'extension'];

/** Reads what is neither a table nor a part of one, by kind and name. */
export async function readObjects(reader: StructureReader): Promise<readonly SchemaObject[]> {
  const found: SchemaObject[] = [];
  for (const query of objectQueries) for (const row of await reader.ask(query)) found.push(...objectsOf(row, reader));
  return found.sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name) || compare(a.table, b.table));
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** One object for each logical schema that reads the schema of the row. A partition may be in a schema that is not read. */
function objectsOf(row: TextRow, reader: StructureReader): SchemaObject[] {
  const live = row.table_schema ?? row.schema ?? '';
  const [kind, name] = [row.kind as SchemaObject['kind'], row.name as string];
  const sql = row.definition == null ? {} : sqlOf(kind, row.definition, row.obstacle ?? null, reader);
  if (row.schema == null) return [{ kind, name, table: null, definition: null, ...sql }];
  const all = reader.readers(live);
  const own: readonly SchemaName[] = all.length > 0 ? all : [{ logical: live, live }];
  return own.map((schema) => ({
    kind,
    name: bareKinds.includes(kind) ? name : reader.nameOf(schema, row.schema as string, name),
    table: row.table == null ? null : nameIn(schema, row.table),
    definition: null,
    ...sql,
  }));
}

const routineKinds: readonly SchemaObject['kind'][] = ['function', 'procedure'];

function sqlOf(
  kind: SchemaObject['kind'],
  definition: string,
  known: string | null,
  { plain, obstacle }: StructureReader,
): Pick<SchemaObject, 'definition' | 'obstacle'> {
  const why = known ?? (routineKinds.includes(kind) ? obstacle(definition) : null);
  return { definition: plain(definition), ...(why === null ? {} : { obstacle: why }) };
}
