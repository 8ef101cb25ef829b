import type { Sequence } from '../../core/ports/source.ts';
import { quoteName, quoteText } from './names.ts';
import type { SchemaName } from './schema.ts';
import type { SessionPool } from './session-pool.ts';

type TextRow = readonly (string | null)[];

/** Lists the auto-increment counters of the schemas and, on MariaDB, their sequences. */
export async function readSequences(pool: SessionPool, schemas: readonly SchemaName[]): Promise<readonly Sequence[]> {
  const found: Sequence[] = [];
  for (const schema of schemas) found.push(...(await readCounters(pool, schema)), ...(await readObjects(pool, schema)));
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function ask(pool: SessionPool, sql: string): Promise<readonly TextRow[]> {
  return pool.rows(sql, 'list its sequences') as Promise<readonly TextRow[]>;
}

function inSchema({ logical }: SchemaName, table: string): string {
  return logical === '' ? table : `${logical}.${table}`;
}

/** A table that never had a row may have no counter yet. */
async function readCounters(pool: SessionPool, schema: SchemaName): Promise<Sequence[]> {
  const rows = await ask(
    pool,
    `select c.table_name, c.column_name, coalesce(t.auto_increment, 1)
     from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where c.table_schema = ${quoteText(schema.live)} and c.extra like '%auto_increment%'`,
  );
  return rows.map(([table, column, next]) => {
    const name = inSchema(schema, table as string);
    const columns = [{ table: name, column: column as string }];
    return { name: `${name}.${column}`, next: next as string, increment: '1', cycles: false, columns };
  });
}

/** With a cache, the next value is the first one that no server process has reserved. */
async function readObjects(pool: SessionPool, schema: SchemaName): Promise<Sequence[]> {
  const live = quoteText(schema.live);
  const names = await ask(
    pool,
    `select table_name from information_schema.tables where table_schema = ${live} and table_type = 'SEQUENCE'`,
  );
  if (names.length === 0) return [];
  const defaults = await ask(
    pool,
    `select table_name, column_name, column_default from information_schema.columns
     where table_schema = ${live} and column_default like '%nextval(%'`,
  );
  const found: Sequence[] = [];
  for (const [name] of names as readonly (readonly [string])[]) {
    const quoted = `${quoteName(schema.live)}.${quoteName(name)}`;
    const [[next, increment, cycles] = []] = await ask(
      pool,
      `select next_not_cached_value, coalesce(nullif(increment, 0), 1), cycle_option from ${quoted}`,
    );
    const columns = defaults
      .filter(([, , text]) => text?.toLowerCase().includes(`nextval(${quoted})`.toLowerCase()))
      .map(([table, column]) => ({ table: inSchema(schema, table as string), column: column as string }));
    const values = { next: next as string, increment: increment as string, cycles: cycles === '1' };
    found.push({ name: inSchema(schema, name), ...values, columns });
  }
  return found;
}
