import { Client } from 'pg';
import { benchTables, rowsAt } from './tables.ts';
import type { Bench, Loaded } from './variant.ts';

/** Runs statements, one after the other, in one database of the target server. */
export async function execute(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Creates an empty database and a checkpoint, so that no variant pays for the writes of the previous one. */
export async function freshDatabase(bench: Bench, database: string): Promise<void> {
  const drop = `drop database if exists ${database} with (force)`;
  await execute(bench.targetUrl('postgres'), [drop, `create database ${database}`, 'checkpoint']);
}

/** Describes how row counts differ from the expected ones; undefined when all are equal. */
export async function countDifference(bench: Bench, loaded: Loaded): Promise<string | undefined> {
  const client = new Client({ connectionString: bench.targetUrl(loaded.database) });
  await client.connect();
  try {
    const differences: string[] = [];
    for (const table of benchTables) {
      const wanted = rowsAt(table, bench.scale);
      const found = await countRows(client, loaded.table(table.source));
      if (found !== String(wanted)) differences.push(`${table.source} has ${found} rows of ${wanted}`);
    }
    return differences.length === 0 ? undefined : differences.join(', ');
  } finally {
    await client.end();
  }
}

/** The text of a count, or "no". */
async function countRows(client: Client, table: string): Promise<string> {
  const sql = 'select to_regclass($1) is not null as exists';
  const { rows: found } = await client.query<{ exists: boolean }>(sql, [table]);
  if (!found[0]?.exists) return 'no';
  const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
  return rows[0]?.n ?? 'no';
}
