import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { onTestFinished } from 'vitest';
import { SqliteSource } from '../../../connectors/sqlite/source.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import type { Source } from '../../../core/ports/source.ts';

/** Makes a database file in a new folder. */
export async function createDatabase(
  name: string,
  ...statements: readonly string[]
): Promise<{ readonly path: string; readonly folder: string; drop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-sqlite-test-'));
  const path = join(folder, name);
  execute(path, ...statements);
  // A file that has changed just now is copied only when it has been quiet for a moment.
  await utimes(path, 0, 0);
  return { path, folder, drop: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs statements in a file, which is made where it is missing, without enforcing foreign keys: the default of SQLite, not of the driver. */
function execute(path: string, ...statements: readonly string[]): void {
  const database = new sqlite.Database(path);
  try {
    database.exec('pragma foreign_keys = off; pragma synchronous = off');
    for (const statement of statements) database.exec(statement);
  } finally {
    database.close();
  }
}

/** Opens a database of these statements as a source, until the test ends. Its schema is called `shop`. */
export async function sourceOf(...statements: readonly string[]): Promise<Source> {
  const { path, drop } = await createDatabase('shop.db', ...statements);
  const source = await SqliteSource.open(`sqlite:${path}`, { schemas: {} });
  onTestFinished(async () => {
    await source.close();
    await drop();
  });
  return source;
}

/** A table of the source. */
export async function tableOf(source: Source, name: string): Promise<TableSchema> {
  const found = (await source.inspector.tables(['shop'])).find((table) => table.name === `shop.${name}`);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

/** All rows of a table, read in parts of `maxRows`. */
export async function rowsOf(source: Source, name: string, maxRows = 1000): Promise<Row[]> {
  const table = await tableOf(source, name);
  const rows: Row[] = [];
  for (const part of await source.parts(table, maxRows)) {
    for await (const batch of source.read(table, part)) rows.push(...batch);
  }
  return rows;
}
