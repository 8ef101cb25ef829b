import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Source } from '../../../core/ports/source.ts';
import { database, ownSessions, rowsOf, source, sql, tableOf, terminate } from './database.ts';
import { wireTo } from './row-format/wire.ts';

const wide = `
  create table wide as
  select n as id, repeat(md5(n::text), 60) as body from generate_series(1, 20000) n;
  alter table wide add primary key (id)`;

/** Reads until something breaks. */
async function drain(
  from: Source,
  table: TableSchema,
  after: () => Promise<unknown> = async () => {},
): Promise<number> {
  let rows = 0;
  for await (const batch of from.read(table, { number: 1, after: null, upTo: null })) {
    if (rows === 0) await after();
    rows += batch.length;
  }
  return rows;
}

test('everything is read from one snapshot, even by parallel readers', async () => {
  const url = await database('create table t (id integer primary key)', 'insert into t select generate_series(1, 100)');
  const from = await source(url);
  await sql(url, 'insert into t select generate_series(101, 200); delete from t where id < 50');
  const counts = await Promise.all(Array.from({ length: 12 }, () => from.inspector.count('c01.t')));
  expect(new Set(counts)).toEqual(new Set([100]));
  expect((await rowsOf(from, 't', 9)).flat()).toEqual(Array.from({ length: 100 }, (_, i) => String(i + 1)));
  expect(from.snapshot.isConsistent).toBe(true);
});

test('every source session is in a transaction', async () => {
  const url = await database('create table t (id integer primary key)');
  const from = await source(url);
  await tableOf(from, 't');
  const states = await sql(url, ownSessions.replace('1', 'state'));
  expect(new Set(states.flat())).toEqual(new Set(['idle in transaction']));
});

test('parts cover a table exactly once, whatever the size and the key', async () => {
  const url = await database(
    'create table keyed (a text collate "C", b integer, c timestamptz, primary key (a, b, c))',
  );
  const word = fc.constantFrom('', ' ', 'a', 'B', 'é', "o'clock", 'back\\slash', 'z');
  const key = fc.tuple(word, fc.integer({ min: -2, max: 2 }), fc.constantFrom('2020-01-01', '1999-12-31 23:59:59.5'));
  const keys = fc.uniqueArray(key, { selector: String, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(keys, fc.integer({ min: 1, max: 12 }), async (rows, maxRows) => {
      const statements = rows.map(([a, b, c]) => `('${a.replaceAll("'", "''")}', ${b}, '${c}')`);
      await sql(url, `truncate keyed; ${rows.length > 0 ? `insert into keyed values ${statements.join(', ')}` : ''}`);
      const from = await source(url);
      const table = await tableOf(from, 'keyed');
      const parts = await from.parts(table, maxRows);
      const read = await rowsOf(from, 'keyed', maxRows);
      expect(parts.map(({ number }) => number)).toEqual(parts.map((_, i) => i + 1));
      expect(parts.length).toBe(Math.max(1, Math.ceil(rows.length / maxRows)));
      expect(read.length).toBe(rows.length);
      expect(new Set(read.map(String)).size).toBe(rows.length);
      expect(await from.parts(table, maxRows)).toEqual(parts);
      await from.close();
    }),
    { numRuns: 40 },
  );
});

test('keys of every kind end parts at the right row', async () => {
  const kinds = {
    uuid: 'md5(n::text)::uuid',
    numeric: 'n / 3.0',
    'double precision': "case n when 7 then 'NaN' else n / 3.0 end::float8",
    bytea: "decode(md5(n::text), 'hex')",
    date: "date '2020-01-01' + n",
    'timestamp without time zone': "timestamp '2020-01-01' + n * interval '1.5 seconds'",
    'character(9)': 'n::text',
    interval: "n * interval '1 month'",
    'bit varying': 'n::bit(8)::varbit',
    inet: "('10.0.0.' || n)::inet",
  };
  const url = await database();
  const from = async () => source(url);
  for (const [type, value] of Object.entries(kinds)) {
    await sql(
      url,
      `drop table if exists k; create table k as select (${value})::${type} as id from generate_series(1, 50) n`,
    );
    await sql(url, 'alter table k add primary key (id)');
    const opened = await from();
    const rows = await rowsOf(opened, 'k', 7);
    expect([type, new Set(rows.flat()).size, (await opened.parts(await tableOf(opened, 'k'), 7)).length]).toEqual([
      type,
      50,
      8,
    ]);
    await opened.close();
  }
});

test('a table without a key is one part, and its equal rows are adjacent', async () => {
  const url = await database(
    'create table bag (j json, n numeric)',
    `insert into bag values ('{}', 1.0), ('{}', 1.00), ('{}', 1.0), (null, null), ('[1]', 1), ('{}', 1.00), (null, null)`,
  );
  const from = await source(url);
  expect(await from.parts(await tableOf(from, 'bag'), 2)).toEqual([{ number: 1, after: null, upTo: null }]);
  const seen = (await rowsOf(from, 'bag')).map(String);
  expect(seen.filter((row, i) => row !== seen[i - 1]).length).toBe(new Set(seen).size);
});

test('a table whose unique key is nullable is one part, including rows without a key', async () => {
  const url = await database(
    'create table t (a integer unique, b integer)',
    'insert into t values (2, 1), (null, 1), (null, 1), (1, 1)',
  );
  const from = await source(url);
  expect(await from.parts(await tableOf(from, 't'), 1)).toEqual([{ number: 1, after: null, upTo: null }]);
  expect((await rowsOf(from, 't')).map(([a]) => a).sort()).toEqual(['1', '2', null, null]);
});

test('any name is quoted', async () => {
  const url = await database(
    'create schema "My ""Schema"" x"',
    `create table "My ""Schema"" x"."Order.Table" ("Select" integer primary key, "a""b" text, "é " text, "$1" text)`,
    `insert into "My ""Schema"" x"."Order.Table" values (1, 'a', 'b', 'c')`,
  );
  const from = await source(url, 'My "Schema" x');
  expect(await rowsOf(from, 'Order.Table')).toEqual([['1', 'a', 'b', 'c']]);
  expect(await from.inspector.count('c01.Order.Table')).toBe(1);
});

test('batches hold 250 rows, or about 256 KB', async () => {
  const url = await database(wide, 'create table narrow (id integer primary key)');
  await sql(url, 'insert into narrow select generate_series(1, 600)');
  const from = await source(url);
  const sizes = async (name: string) => {
    const found: number[] = [];
    const table = await tableOf(from, name);
    for await (const batch of from.read(table, { number: 1, after: null, upTo: null })) found.push(batch.length);
    return found;
  };
  expect(await sizes('narrow')).toEqual([250, 250, 100]);
  expect(Math.max(...(await sizes('wide')))).toBeLessThan(135);
});

test('a 40 MB row arrives whole', async () => {
  const url = await database('create table big (id integer primary key, body text, data bytea)');
  await sql(url, `insert into big select 1, repeat(E'é\\n', 10000000), decode(repeat('00ff', 5000000), 'hex')`);
  const [row] = await rowsOf(await source(url), 'big');
  expect((row?.[1] as string) === 'é\n'.repeat(10_000_000)).toBe(true);
  expect(row?.[2]).toHaveLength(10_000_000);
});

test('a session that the server ends in the middle of a table is an interruption, never the end of the data', async () => {
  const url = await database(wide);
  const from = await source(url);
  const table = await tableOf(from, 'wide');
  const reading = drain(from, table, () => terminate(url, "query like 'copy%'"));
  await expect(reading).rejects.toMatchObject({ code: 'source-interrupted' });
  expect(await drain(from, table)).toBe(20_000);
});

test.for(['reset', 'goodbye'] as const)(
  'a connection that is cut in the middle of a table (%s) is an interruption',
  async (how) => {
    const url = await database(wide);
    const wire = await wireTo(url);
    const from = await source(wire.url);
    const table = await tableOf(from, 'wide');
    const reading = drain(from, table, async () => wire.cut(how));
    await expect(reading).rejects.toMatchObject({ code: 'source-interrupted' });
  },
);

test('a lost snapshot is an interruption, not other data', async () => {
  const url = await database('create table t (id integer primary key)');
  const from = await source(url);
  await terminate(url);
  await expect.poll(() => sql(url, ownSessions)).toEqual([]);
  await expect(from.inspector.count('c01.t')).rejects.toMatchObject({ code: 'source-interrupted' });
});

test('a consumer that stops early ends the COPY and leaves the source usable', async () => {
  const url = await database(wide);
  const from = await source(url);
  const table = await tableOf(from, 'wide');
  for (let i = 0; i < 20; i++) {
    for await (const _ of from.read(table, { number: 1, after: null, upTo: null })) break;
  }
  await expect.poll(() => sql(url, `${ownSessions} and query like 'copy%' and state = 'active'`)).toEqual([]);
  expect(await drain(from, table)).toBe(20_000);
});

test('a slow consumer slows the server down', async () => {
  const url = await database(wide.replace('20000', '60000'));
  const from = await source(url);
  const table = await tableOf(from, 'wide');
  const before = process.memoryUsage().rss;
  let most = 0;
  let rows = 0;
  for await (const batch of from.read(table, { number: 1, after: null, upTo: null })) {
    if (rows < 10_000) await new Promise((resolve) => setTimeout(resolve, 10));
    rows += batch.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  expect(rows).toBe(60_000);
  expect((most - before) / 1e6).toBeLessThan(100);
});

test('rows that a policy would hide are an error, not missing rows', async () => {
  const url = await database(
    'create table secret (id integer primary key)',
    'insert into secret values (1), (2)',
    'alter table secret enable row level security',
    'create policy half on secret using (id = 1)',
  );
  const user = `reader_${new URL(url).pathname.slice(1)}`;
  await sql(url, `create role ${user} login; grant select on secret to ${user}`);
  const asReader = new URL(url);
  asReader.username = user;
  const from = await source(asReader.href);
  await expect(from.inspector.count('c01.secret')).rejects.toMatchObject({ code: 'source-refused-login' });
  await expect(rowsOf(from, 'secret')).rejects.toMatchObject({ code: 'source-refused-login' });
  await from.close();
  await sql(url, `drop owned by ${user}; drop role ${user}`);
});

test('an error names a missing table', async () => {
  const from = await source(await database());
  const table: TableSchema = { name: 'c01.gone', columns: [], key: [], unique: [], estimatedRows: null };
  await expect(from.inspector.count(table.name)).rejects.toMatchObject({ code: 'source-missing-table' });
  expect(await from.inspector.tables(['c01', 'nowhere'])).toEqual([]);
});

test('a source that is no longer reachable is an interruption', async () => {
  const url = await database('create table t (id integer primary key)');
  const wire = await wireTo(url);
  const from = await source(wire.url);
  wire.close();
  await expect(from.inspector.count('c01.t')).rejects.toMatchObject({ code: 'source-interrupted' });
});
