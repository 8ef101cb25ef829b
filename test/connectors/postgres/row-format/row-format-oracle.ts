import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { onTestFinished } from 'vitest';
import { parseAddress } from '../../../../connectors/postgres/address.ts';
import { binaryFormat } from '../../../../connectors/postgres/row-format/binary-format.ts';
import { readReceivers } from '../../../../connectors/postgres/row-format/receivers.ts';
import { Session } from '../../../../connectors/postgres/session.ts';
import { SessionPool } from '../../../../connectors/postgres/session-pool.ts';
import { RowBuffer, type RowFormat } from '../../../../core/model/encoded.ts';
import { rowText } from '../../../../core/model/row-text.ts';
import type { Row, Value } from '../../../../core/model/value.ts';
import { sql } from '../database.ts';

const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const trailer = Buffer.from([0xff, 0xff]);

/** A table in PostgreSQL that returns the bytes of its values. */
export interface Oracle {
  readonly format: RowFormat;
  /** The tuples that the server returns for rows that it read as COPY text, or the SQLSTATE if it refuses them. */
  tuplesOfText(rows: readonly Row[]): Promise<string>;
  /** The same for tuples that it read as COPY BINARY. */
  tuplesOfBinary(tuples: Uint8Array): Promise<string>;
  /** The rows of a query, all of them as text. */
  rows(query: string): Promise<readonly Row[]>;
}

/** Creates a table with a column of each type. It replaces the previous table. */
export async function oracleOf(url: string, types: readonly string[]): Promise<Oracle> {
  const columns = types.map((type, i) => `c${i} ${type}`).join(', ');
  await sql(url, `drop table if exists t; create table t (${columns})`);
  const session = new SessionPool(() => Session.open(parseAddress(url, 'target')), { max: 1, rest: 'I' });
  onTestFinished(() => session.close());
  const receivers = await readReceivers(
    session,
    'public.t',
    types.map((_, i) => `c${i}`),
  );
  const format = binaryFormat(receivers);
  if (format === null) throw new Error('no binary format');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  const roundTrip = async (bytes: Uint8Array, options: string): Promise<string> => {
    await client.query('truncate t');
    try {
      await pipeline([Buffer.from(bytes)], client.query(copyStreams.from(`copy t from stdin ${options}`)));
    } catch (error) {
      return (error as pg.DatabaseError).code ?? 'no SQLSTATE';
    }
    const sent = await buffer(client.query(copyStreams.to('copy t to stdout (format binary)')));
    return sent.subarray(header.length, -trailer.length).toString('hex');
  };
  return {
    format,
    tuplesOfText: (rows) => roundTrip(Buffer.from(rows.map((row) => `${rowText(row)}\n`).join('')), ''),
    tuplesOfBinary: (tuples) => roundTrip(Buffer.concat([header, tuples, trailer]), '(format binary)'),
    rows: async (query) => (await client.query<Value[]>({ text: query, rowMode: 'array' })).rows,
  };
}

/** The tuples of waybill's encoder, in hex. */
export function encode(format: RowFormat, rows: readonly Row[]): string {
  const out = new RowBuffer();
  for (const row of rows) {
    const fault = out.add(format, row);
    if (fault !== null) throw new Error(`refused with ${fault.sqlstate}: ${JSON.stringify(row[fault.place])}`);
  }
  return Buffer.from(out.bytes.subarray(0, out.at)).toString('hex');
}

/** The SQLSTATE of the encoder for one value, or null if it accepts the value. */
export function refusalOf(format: RowFormat, value: Value): string | null {
  return new RowBuffer().add(format, [value])?.sqlstate ?? null;
}
