import { groupRows, type LocatedTable, locateTables, nameIn, readersOf, type SchemaName, within } from '../schema.ts';
import type { SessionPool, TextRow } from '../session-pool.ts';

/** The catalog of a database, and what the schemas that are read are called. */
export interface Catalog {
  readonly tables: readonly LocatedTable[];
  /** Runs a query on the catalog. */
  ask(sql: string): Promise<readonly TextRow[]>;
  /** The condition that a column of the catalog names one of the schemas. */
  within(column: string): string;
  /** The logical schemas that read a schema of the database. */
  readers(live: string): readonly SchemaName[];
}

/** Opens the catalog; one or more schemas must be named. */
export async function openCatalog(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Catalog> {
  return {
    tables: await locateTables(pool, schemas),
    ask: (sql) => pool.texts(sql, 'list what its schemas hold'),
    within: (column) => within(schemas, column),
    readers: (live) => readersOf(schemas, live),
  };
}

/** What a table is called, in the same logical schema as `own` where that one is its reader. */
export function tableName({ readers }: Catalog, own: SchemaName, live: string, table: string): string {
  const all = readers(live);
  const reader = all.find((each) => each === own) ?? all[0];
  return reader === undefined ? `${live}.${table}` : nameIn(reader, table);
}

/** The rows of each index or constraint of a table; the first two cells of a row are the ids or names of both. */
export function namedGroups(rows: readonly TextRow[]): readonly (readonly TextRow[])[] {
  return [...groupRows(rows, 1).values()];
}
