import { WaybillError } from '../core/model/errors.ts';
import { mapParallel } from '../core/parallel.ts';
import type { Source } from '../core/ports/source.ts';
import type { ColumnFacts, Structure, TableStructure } from '../core/ports/structure.ts';
import { schemaName } from './names.ts';
import type { Facts } from './tables.ts';

/** What was read of a source: its structure, and what its data show. */
export interface Introspection {
  readonly structure: Structure;
  readonly facts: Facts;
}

/**
 * Reads the structure of schemas, and looks at the data of its tables, two at a time.
 *
 * @param onTable called before each table is looked at, with the number of tables before it.
 * @throws WaybillError 'configuration' when the source has no structure of its own, or a schema has no table.
 */
export async function introspect(
  source: Source,
  schemas: readonly string[],
  onTable: (table: string, done: number, all: number) => void = () => undefined,
): Promise<Introspection> {
  const structure = await source.inspector.structure(schemas);
  if (structure === null) {
    throw new WaybillError('configuration', 'A project is made from a database, not from files.', {
      hint: 'Give the URL of a MySQL, MariaDB, SQL Server, SQLite or PostgreSQL database.',
    });
  }
  const filled = new Set(structure.tables.map(({ name }) => schemaName(name)));
  const empty = schemas.find((schema) => !filled.has(schema));
  if (empty !== undefined) {
    throw new WaybillError(
      'configuration',
      `${source.label} has no tables in the schema ${empty}, or none that this user may see.`,
      {
        hint: 'Name another database in the URL, or grant this user the right to read.',
      },
    );
  }
  const columns = new Map<string, ColumnFacts>();
  let done = 0;
  const look = async (table: TableStructure): Promise<readonly [string, ReadonlyMap<string, ColumnFacts>]> => {
    onTable(table.name, done++, structure.tables.length);
    return [table.name, (await source.inspector.profile?.(table)) ?? new Map()];
  };
  for await (const [table, found] of mapParallel(structure.tables, 2, look))
    for (const [column, of] of found) columns.set(`${table}.${column}`, of);
  return { structure, facts: { columns, spellings: await spellingsOf(source, structure) } };
}

/** Asks of each foreign key over text whether a child has another spelling than its parent, as collations allow. */
async function spellingsOf({ inspector }: Source, { tables }: Structure): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const child of tables) {
    for (const { name, columns, parent: parentName, parentColumns } of child.foreignKeys) {
      const parent = tables.find((table) => table.name === parentName);
      const isText = columns.some((own) => child.columns.find((column) => column.name === own)?.type.kind === 'text');
      if (parent === undefined || !isText) continue;
      const { count } = await inspector.spellings({ child, columns, parent, parentColumns, none: [] }, 1);
      if (count > 0) found.set(`${child.name}.${name}`, count);
    }
  }
  return found;
}
