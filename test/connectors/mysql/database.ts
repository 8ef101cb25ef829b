import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import mysql2 from 'mysql2/promise';
import { onTestFinished } from 'vitest';
import { mysql } from '../../../connectors/mysql/connector.ts';
import type { CellReading } from '../../../core/model/cells.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import type { Part, Source } from '../../../core/ports/source.ts';
import type { Structure } from '../../../core/ports/structure.ts';
import { createMysqlDatabase } from '../../support/databases.ts';

/** All rows of a table. */
export const whole: Part = { number: 1, after: null, upTo: null };

/** Creates a database that is dropped after the test. The setup session accepts zero dates and similar values. */
export async function database(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createMysqlDatabase();
  onTestFinished(drop);
  await sql(url, ...statements);
  return url;
}

/** Runs statements on a separate connection. Returns the rows of the last one as text. */
export async function sql(url: string, ...statements: readonly string[]): Promise<(string | null)[][]> {
  const connection = await mysql2.createConnection({ uri: url, charset: 'utf8mb4_general_ci', rowsAsArray: true });
  try {
    await connection.query("set sql_mode = '', time_zone = '+00:00'");
    let rows: unknown = [];
    for (const statement of statements) {
      [rows] = await connection.query({ sql: statement, typeCast: (field) => field.string('utf8') });
    }
    return rows as (string | null)[][];
  } finally {
    await connection.end();
  }
}

/** Opens a source that is closed after the test. The logical schema c01 is the URL's database. */
export async function source(url: string, readers = 1): Promise<Source> {
  const opened = await mysql.openSource(url, { schemas: { c01: databaseOf(url) }, readers });
  onTestFinished(() => opened.close());
  return opened;
}

/** Returns the database that a URL names. */
export function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** Returns the schema of a table as the source reports it. */
export async function tableOf(from: Source, name: string): Promise<TableSchema> {
  const table = (await from.inspector.tables(['c01'])).find((each) => each.name === `c01.${name}`);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

/** Reads all rows of a table, part by part. */
export async function rowsOf(from: Source, name: string, maxRows = 1000): Promise<Row[]> {
  const table = await tableOf(from, name);
  const rows: Row[] = [];
  for (const part of await from.parts(table, maxRows)) {
    for await (const batch of from.read(table, part)) rows.push(...batch);
  }
  return rows;
}

/** Reads a table as cells, in one part. */
export function cellsOf(from: Source, table: TableSchema): CellReading {
  if (from.cells === undefined) throw new Error('the source has no cells');
  return from.cells(table, whole);
}

/** Returns the values of all cells of a reading, decoded by its own `value`. */
export async function valuesOf(reading: CellReading): Promise<Row[]> {
  const columns = reading.forms.map((_, column) => column);
  const rows: Row[] = [];
  for await (const batch of reading.batches) {
    for (let row = 0; row < batch.rows; row++) rows.push(columns.map((column) => reading.value(batch, row, column)));
  }
  return rows;
}

/** A connection to a server that tests can cut. */
export interface Cable {
  readonly url: string;
  /** Ends every session, with an orderly FIN or a reset. */
  cut(how: 'end' | 'reset'): void;
  /** Bytes received from the server so far. */
  received(): number;
}

/** Puts a proxy in front of a server. It is removed after the test. */
export async function cableTo(server: string): Promise<Cable> {
  const to = new URL(server);
  const sockets = new Set<Socket>();
  const nearEnds = new Set<Socket>();
  let received = 0;
  const relay = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    nearEnds.add(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => [near, far].map((each) => each.destroy()));
    }
    far.on('data', (bytes) => {
      received += bytes.length;
    });
    near.pipe(far);
    far.pipe(near);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  const url = new URL(server);
  url.host = `127.0.0.1:${(relay.address() as { port: number }).port}`;
  return {
    url: url.href,
    cut: (how) => {
      for (const socket of nearEnds) how === 'end' ? socket.end() : socket.resetAndDestroy();
    },
    received: () => received,
  };
}

/** Reads the structure of the schema `c01`. */
export async function structureOf(url: string): Promise<Structure> {
  return (await (await source(url)).inspector.structure(['c01'])) as Structure;
}
