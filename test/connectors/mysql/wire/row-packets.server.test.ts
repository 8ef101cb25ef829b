import { once } from 'node:events';
import mysql2, { type Connection, type Query } from 'mysql2';
import { expect, onTestFinished, test } from 'vitest';
import { mysql } from '../../../../connectors/mysql/connector.ts';
import { takeRows } from '../../../../connectors/mysql/wire/row-packets.ts';
import { mysqlUrl } from '../../../support/databases.ts';

/** What the next version of the driver must keep, too. If this test fails after an upgrade, read row-packets.ts. */

function connection(): Connection {
  const opened = mysql2.createConnection(mysqlUrl());
  onTestFinished(() => opened.destroy());
  return opened;
}

/** The rows of a query as bytes in hex, and the events that the query emitted. */
async function resultOf(on: Connection, sql: string): Promise<{ readonly rows: string[]; readonly events: string[] }> {
  const query = on.query({ sql, rowsAsArray: true });
  const [rows, events]: [string[], string[]] = [[], []];
  for (const event of ['fields', 'result', 'error']) query.on(event, () => events.push(event));
  const ended = new Promise((resolve) => query.on('end', resolve));
  takeRows(
    query,
    (bytes, start, end) => rows.push(bytes.toString('hex', start, end)),
    (error) => events.push(error.code),
  );
  await ended;
  return { rows, events };
}

test('each row arrives as its bytes, and nothing else does', async () => {
  const on = connection();
  expect(await resultOf(on, "select 1, null, 'ab' union all select 2, 'x', ''")).toEqual({
    rows: ['0131fb026162', '0132017800'],
    events: ['fields'],
  });
  expect(await resultOf(on, "select '' limit 0")).toEqual({ rows: [], events: ['fields'] });
  expect(await resultOf(on, 'do 1')).toEqual({ rows: [], events: ['fields', 'result'] });
  expect((await resultOf(on, 'select no_such_column')).events).toEqual(['error']);
  expect((await resultOf(on, "select null, repeat('x', 252)")).rows).toEqual([`fbfcfc00${'78'.repeat(252)}`]);
  const headOf = async (size: number) => (await resultOf(on, `select repeat('x', ${size})`)).rows[0]?.slice(0, 18);
  expect(await headOf(70_000)).toBe('fd7011017878787878');
  expect(await headOf(16_777_216)).toBe('fe0000000100000000');
});

/** Changes the driver's queries as a future version might. */
async function changed(change: (queries: Record<string, unknown>) => void): Promise<unknown> {
  const query = connection().query('do 1');
  await once(query, 'end');
  const queries = Object.getPrototypeOf(query) as Record<string, unknown>;
  const before = Object.getOwnPropertyDescriptors(queries);
  onTestFinished(() => {
    Object.defineProperties(queries, before);
  });
  change(queries);
  return mysql.openSource(mysqlUrl(), { schemas: {} }).then(
    async (opened) => {
      await opened.close();
      return 'it opened';
    },
    (error: unknown) => error,
  );
}

test.each<readonly [string, (queries: Record<string, unknown>) => void]>([
  [
    'calls its own method for rows',
    (queries) => {
      queries.fieldsEOF = () => queries.row;
    },
  ],
  [
    'has no method for rows',
    (queries) => {
      queries.row = undefined;
    },
  ],
  [
    'passes on something else',
    (queries) => {
      queries.fieldsEOF = function (this: Query & { row: (packet: unknown) => unknown }) {
        return ({ buffer, start, end }: Record<string, unknown>) => this.row({ bytes: buffer, start, end });
      };
    },
  ],
])('a driver that %s is refused when the source is opened', async (_, change) => {
  expect(await changed(change)).toMatchObject({ code: 'internal', hint: expect.stringMatching(/mysql2/) });
});
