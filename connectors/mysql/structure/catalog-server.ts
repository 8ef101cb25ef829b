import { errnoOf } from '../errors.ts';
import { quoteText } from '../names.ts';
import { isCaseInsensitive, isSchema, nameIn, type Place, type SchemaName, type TextRow } from '../schema.ts';
import type { SessionPool } from '../session-pool.ts';

/** How a server writes what is not text in its catalog. */
export interface Dialect {
  /** Whether a default is SQL (`'text'`, `NULL`), as since MariaDB 10.2.7, and not the bare value. */
  readonly writesDefaultsAsSql: boolean;
  /** Whether an expression is written as inside a literal (`\'text\'`), as in Oracle's MySQL. */
  readonly escapesExpressions: boolean;
}

/** The catalog of a server, and what the schemas that are read are called. */
export interface CatalogServer {
  readonly pool: SessionPool;
  readonly schemas: readonly SchemaName[];
  readonly dialect: Dialect;
  /** Runs a query on the catalog. */
  ask(sql: string): Promise<readonly TextRow[]>;
  /** Whether a view of information_schema has this column, both in upper case. */
  has(view: string, column: string): boolean;
  /** The condition that a column of the catalog names one of the schemas. */
  within(column: string): string;
  /** Identifies a table, whatever the case of its name where the server ignores it. */
  idOf(schema: string, table: string): string;
  /** The logical schemas that read a schema of the server. */
  readers(live: string): readonly SchemaName[];
}

const doing = 'list what its schemas hold';

/** Opens the catalog; one or more schemas must be named. */
export async function openCatalog(pool: SessionPool, schemas: readonly SchemaName[]): Promise<CatalogServer> {
  const ask = async (sql: string) => (await pool.rows(sql, doing)) as readonly TextRow[];
  const ignoresCase = await isCaseInsensitive(pool);
  const [[version] = []] = await ask('select version()');
  const columns = await ask(
    `select upper(table_name), upper(column_name) from information_schema.columns
     where table_schema = 'information_schema'
       and upper(table_name) in ('COLUMNS', 'STATISTICS', 'CHECK_CONSTRAINTS', 'TABLE_CONSTRAINTS')`,
  );
  const known = new Set(columns.map((column) => column.join('.')));
  const folded = (name: string) => (ignoresCase ? name.toLowerCase() : name);
  return {
    pool,
    schemas,
    dialect: dialectOf(version ?? ''),
    ask,
    has: (view, column) => known.has(`${view}.${column}`),
    within: (column) => `${column} in (${schemas.map(({ live }) => quoteText(live)).join(', ')})`,
    idOf: (schema, table) => JSON.stringify([folded(schema), folded(table)]),
    readers: (live) => schemas.filter((schema) => isSchema(schema, live, ignoresCase)),
  };
}

/** `10.11.6-MariaDB-log`, `8.0.36` */
export function dialectOf(version: string): Dialect {
  if (!/mariadb/i.test(version)) return { writesDefaultsAsSql: false, escapesExpressions: true };
  const [, major = 0, minor = 0, patch = 0] = /(\d+)\.(\d+)\.(\d+)-mariadb/i.exec(version)?.map(Number) ?? [];
  const isSql = (major * 1000 + minor) * 1000 + patch >= 10_002_007;
  return { writesDefaultsAsSql: isSql, escapesExpressions: false };
}

/** Groups rows by table; the first two cells of each are its schema and its name. */
export function groupByTable({ idOf }: CatalogServer, rows: readonly TextRow[]): RowGroups {
  return groupRows(rows, ([schema, table]) => idOf(schema as string, table as string));
}

type RowGroups = ReadonlyMap<string, readonly TextRow[]>;

/** Groups rows by a key, in the order in which the keys first occur. */
export function groupRows(rows: readonly TextRow[], keyOf: (row: TextRow) => string): RowGroups {
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** Writes an expression of the catalog as SQL. */
export function expressionOf({ escapesExpressions }: Dialect, text: string): string {
  return escapesExpressions ? unescaped(text) : text;
}

/** The escapes that a server writes (`append_unescaped` and `escape_string_for_mysql` in its sources). */
const escapes: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', Z: '\x1a' };

/** `it\'s` → `it's` */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, escaped: string) => escapes[escaped] ?? escaped);
}

/** What a table is called, in the same logical schema as `own` where that one is its reader. */
export function nameOf({ readers }: CatalogServer, own: SchemaName, { schema, table }: Place): string {
  const all = readers(schema);
  const reader = all.find((each) => each === own) ?? all[0];
  return reader === undefined ? `${schema}.${table}` : nameIn(reader, table);
}

/**
 * The server's errors that say that this user may not read a definition, or that it can no longer be read (mysqld_error.h):
 * access denied, unknown or hidden objects, views and routines that refer to what is gone.
 */
const unreadable = new Set([1044, 1142, 1143, 1146, 1227, 1305, 1345, 1356, 1360, 1370, 1449, 1457, 1539, 1548]);

/** Resolves to null where this user may not read it. */
export async function ifReadable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (unreadable.has(errnoOf((error as Error).cause) ?? 0)) return null;
    throw error;
  }
}
