import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { postgres } from '../../../connectors/postgres/connector.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import type { LedgerEntry } from '../../../core/ports/ledger.ts';
import type { Source } from '../../../core/ports/source.ts';
import type { Structure } from '../../../core/ports/structure.ts';
import type { Target } from '../../../core/ports/target.ts';
import { openPart } from '../../../testing/row-writer.ts';
import { createPgDatabase } from '../../support/databases.ts';

/** The schema that these tests load into. */
export const schema = 'aries_next';

/** Creates a database that is dropped after the test. */
export async function database(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  for (const statement of statements) await sql(url, statement);
  return url;
}

/** Runs SQL on a separate connection. Rows are arrays of text. */
export async function sql(url: string, text: string, values: readonly unknown[] = []): Promise<(string | null)[][]> {
  const types = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  try {
    const result = await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
    return result.rows ?? [];
  } finally {
    await client.end();
  }
}

/** SQL that selects waybill's open sessions in this database. */
export const ownSessions =
  "select 1 from pg_stat_activity where application_name = 'waybill' and datname = current_database()";

/** Opens a target as the engine does. */
export async function openTarget(
  url: string,
  settings: Readonly<Record<string, string>> = {},
  jobs = 1,
): Promise<Target> {
  return (postgres.openTarget as NonNullable<typeof postgres.openTarget>)(url, { schema, settings, jobs });
}

/** Opens a target that is closed after the test. Its schema exists. */
export async function target(url: string, settings: Readonly<Record<string, string>> = {}): Promise<Target> {
  await sql(url, `create schema if not exists ${schema}`);
  const opened = await openTarget(url, settings);
  onTestFinished(() => opened.close());
  return opened;
}

/** Opens a source that is closed after the test. The logical schema c01 is the live schema of this name. */
export async function source(url: string, live = 'public'): Promise<Source> {
  const opened = await postgres.openSource(url, { schemas: { c01: live } });
  onTestFinished(() => opened.close());
  return opened;
}

/** Creates a folder of DDL files that is removed after the test. */
export async function ddl(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-ddl-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text)));
  return directory;
}

/** A ledger row of run r1. */
export function entryOf(part: number, loaded: number, upTo: readonly string[] | null = null): LedgerEntry {
  return {
    run: 'r1',
    mapping: 'c01.tbl_customer > customers',
    part: { number: part, after: null, upTo },
    read: loaded,
    loaded,
    rejected: 0,
    filtered: 0,
    adjusted: 0,
    digest: '00000000000000ff',
  };
}

/** Loads rows as one part. */
export async function load(
  into: Target,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const writer = await openPart(into, table, columns);
  const refusal = (await writer.write(rows)) ?? (await writer.finish());
  if (refusal !== null) throw new Error(`refused: ${JSON.stringify(refusal)}`);
  await writer.commit({ ...entryOf(1, rows.length), mapping: `${table} > ${table} ${Math.random()}` });
}

/** Reads all lines of a target's table. */
export async function linesOf(from: Target, table: string, columns: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of from.inspector.lines(table, columns)) lines.push(...batch);
  return lines;
}

/** Returns the schema of a source's table as the source reports it. */
export async function tableOf(from: Source, name: string): Promise<TableSchema> {
  const table = (await from.inspector.tables(['c01'])).find((each) => each.name === `c01.${name}`);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

/** Reads all rows of a source's table, part by part. */
export async function rowsOf(from: Source, name: string, maxRows = 1000): Promise<Row[]> {
  const table = await tableOf(from, name);
  const rows: Row[] = [];
  for (const part of await from.parts(table, maxRows)) {
    for await (const batch of from.read(table, part)) rows.push(...batch);
  }
  return rows;
}

/** Ends waybill's sessions in this database on the server. @returns how many. */
export async function terminate(url: string, condition = 'true'): Promise<number> {
  return (await sql(url, `${ownSessions.replace('1', 'pg_terminate_backend(pid)')} and ${condition}`)).length;
}

/** Reads the structure of the schema `app`, as `c01`. */
export async function structureOf(url: string, live = 'app'): Promise<Structure> {
  return (await (await source(url, live)).inspector.structure(['c01'])) as Structure;
}
