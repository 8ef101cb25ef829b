import { expect, test } from 'vitest';
import type { EncodedRows } from '../../../../core/model/encoded.ts';
import type { Row } from '../../../../core/model/value.ts';
import type { Refusal } from '../../../../core/ports/ledger.ts';
import type { Target } from '../../../../core/ports/target.ts';
import { columnsOf, encode, hexRows, openPart, type RowWriter } from '../../../../testing/row-writer.ts';
import {
  database,
  entryOf,
  linesOf,
  load,
  openTarget,
  ownSessions,
  schema,
  sql,
  target,
  terminate,
} from '../database.ts';
import { wireTo } from '../row-format/wire.ts';

const customers = `
  create table ${schema}.customers (
    id integer primary key,
    name varchar(20) not null,
    age integer constraint age_is_real check (age between 0 and 150)
  )`;
const columns = ['id', 'name', 'age'];

async function customersAt(...more: readonly string[]): Promise<{ url: string; into: Target }> {
  const url = await database(`create schema ${schema}`, customers, ...more);
  return { url, into: await target(url) };
}

/** Rows from … to, all of them valid. */
function good(from: number, to: number): readonly Row[] {
  return Array.from({ length: to - from + 1 }, (_, i) => [String(from + i), `name ${from + i}`, '40']);
}

async function writeAll(writer: RowWriter, batches: readonly (readonly Row[])[]): Promise<Refusal | null> {
  for (const batch of batches) {
    const refusal = await writer.write(batch);
    if (refusal !== null) return refusal;
  }
  return writer.finish();
}

async function rowCount(url: string, table = `${schema}.customers`): Promise<string | null | undefined> {
  return (await sql(url, `select count(*) from ${table}`))[0]?.[0];
}

test('a part and its ledger row become visible together, at the commit', async () => {
  const { url, into } = await customersAt();
  const writer = await openPart(into, 'customers', columns);
  expect(await writeAll(writer, [good(1, 1000), good(1001, 2500)])).toBeNull();
  expect(await rowCount(url)).toBe('0');
  expect(await into.ledger('r1')).toEqual([]);
  await writer.commit(entryOf(1, 2500, ['2500']));
  expect(await rowCount(url)).toBe('2500');
  expect(await into.ledger('r1')).toEqual([entryOf(1, 2500, ['2500'])]);
});

test('a part without rows leaves its ledger row', async () => {
  const { into } = await customersAt();
  const writer = await openPart(into, 'customers', columns);
  expect(await writer.finish()).toBeNull();
  await writer.commit(entryOf(1, 0));
  expect(await into.ledger('r1')).toEqual([entryOf(1, 0)]);
});

test('a rollback leaves nothing, even in the middle of a COPY', async () => {
  const { url, into } = await customersAt();
  const writer = await openPart(into, 'customers', columns);
  for (let i = 0; i < 40; i++) await writer.write(good(i * 1000 + 1, (i + 1) * 1000));
  await writer.rollback();
  const idle = await openPart(into, 'customers', columns);
  await idle.rollback();
  expect(await rowCount(url)).toBe('0');
  expect(await into.ledger('r1')).toEqual([]);
});

const bad: readonly Row[] = [['1', 'x', '200']];
const places = {
  first: [bad, good(2, 1000), good(1001, 30_000)],
  'in the middle': [good(2, 20_000), bad, good(20_001, 60_000)],
  last: [good(2, 20_000), bad],
};

test.for(Object.entries(places))('a refused row is reported by its constraint: %s', async ([, batches]) => {
  const { url, into } = await customersAt();
  const writer = await openPart(into, 'customers', columns);
  expect(await writeAll(writer, batches)).toEqual({ sqlstate: '23514', constraint: 'age_is_real', column: null });
  await writer.rollback();
  expect(await rowCount(url)).toBe('0');
});

test('after a refusal every step repeats it, until the rollback', async () => {
  const { into } = await customersAt();
  const writer = await openPart(into, 'customers', columns);
  await writer.write(bad);
  const refusal = await writer.finish();
  expect(refusal?.sqlstate).toBe('23514');
  expect(await writer.write(good(2, 3))).toEqual(refusal);
  expect(await writer.finish()).toEqual(refusal);
  await writer.rollback();
});

test.for([
  ['a text that is too long', ['1', 'x'.repeat(21), '1'], { sqlstate: '22001', constraint: null, column: null }],
  ['a null in a NOT NULL column', ['1', null, '1'], { sqlstate: '23502', constraint: null, column: 'name' }],
  ['text that is not an integer', ['one', 'x', '1'], { sqlstate: '22P02', constraint: null, column: null }],
  ['a number that is too large', ['1', 'x', '99999999999'], { sqlstate: '22003', constraint: null, column: null }],
  ['a NUL', ['1', 'a\0b', '1'], { sqlstate: '22021', constraint: null, column: null }],
  ['a lone surrogate', ['1', '\ud83d', '1'], { sqlstate: '22021', constraint: null, column: null }],
  [
    'a second row with the same key',
    ['2', 'x', '1'],
    { sqlstate: '23505', constraint: 'customers_pkey', column: null },
  ],
] as const)('%s is a refusal, in a batch and alone', async ([, row, refusal]) => {
  const { into } = await customersAt();
  await load(into, 'customers', columns, good(2, 2));
  const whole = await openPart(into, 'customers', columns);
  expect(await writeAll(whole, [good(3, 10), [row]])).toEqual(refusal);
  await whole.rollback();
  const isolating = await openPart(into, 'customers', columns);
  expect(await isolating.writeIsolating(good(3, 10))).toEqual([]);
  expect(await isolating.writeIsolating([row])).toEqual([{ row: 0, refusal }]);
  expect(await isolating.writeIsolating(good(11, 12))).toEqual([]);
  await isolating.commit(entryOf(1, 10));
  expect((await linesOf(into, 'customers', ['id'])).length).toBe(11);
});

test('a raising trigger and a deferred constraint refuse the row, not the commit', async () => {
  const { into } = await customersAt(
    `create function ${schema}.refuse() returns trigger language plpgsql as
     $$ begin if new.name = 'Smith' then raise exception 'no % here', new.name; end if; return new; end $$`,
    `create trigger refuse before insert on ${schema}.customers for each row execute function ${schema}.refuse()`,
    `create table ${schema}.pairs (id integer, unique (id) deferrable initially deferred)`,
  );
  const raising = await openPart(into, 'customers', columns);
  expect(await raising.writeIsolating([['1', 'Smith', '1']])).toMatchObject([{ refusal: { sqlstate: 'P0001' } }]);
  await raising.rollback();
  const deferred = await openPart(into, 'pairs', ['id']);
  expect(await writeAll(deferred, [[['1'], ['1']]])).toMatchObject({ constraint: 'pairs_id_key' });
  await deferred.rollback();
});

test('a row larger than the buffers is written whole', async () => {
  const { url, into } = await customersAt(`create table ${schema}.notes (id integer, body text)`);
  const body = 'wide \\ row\n'.repeat(3_500_000);
  await load(into, 'notes', ['id', 'body'], [['1', body]]);
  expect(await sql(url, `select length(body), md5(body) from ${schema}.notes`)).toEqual([
    [String(body.length), (await sql(url, 'select md5(repeat($1, 3500000))', ['wide \\ row\n']))[0]?.[0]],
  ]);
});

test('a session that the server ends in the middle of a COPY is an interruption, whatever is called next', async () => {
  const { url, into } = await customersAt();
  const writer = await openPart(into, 'customers', columns);
  await writer.write(good(1, 20_000));
  expect(await terminate(url, "query like 'copy%'")).toBe(1);
  const rest = async () => {
    for (let i = 0; i < 100; i++) await writer.write(good(20_001 + i * 1000, 21_000 + i * 1000));
    await writer.finish();
  };
  await expect(rest()).rejects.toMatchObject({ code: 'target-interrupted' });
  await writer.rollback();
  expect(await rowCount(url)).toBe('0');
  await load(into, 'customers', columns, good(1, 5));
  expect(await rowCount(url)).toBe('5');
});

test('a session that ends between two steps does not end the process', async () => {
  const { url, into } = await customersAt();
  const writer = await openPart(into, 'customers', columns);
  await writer.writeIsolating(good(1, 2));
  await terminate(url);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(writer.writeIsolating(good(3, 4))).rejects.toMatchObject({ code: 'target-interrupted' });
  await writer.rollback();
  expect(await into.inspector.count('customers')).toBe(0);
});

test.for([
  ['lose the answer', 1],
  ['lose the statement', 0],
] as const)(
  'a commit that is cut off (%s) is an interruption, and the ledger shows its outcome',
  async ([fault, parts]) => {
    const { url, into } = await customersAt();
    const wire = await wireTo(url);
    const far = await target(wire.url);
    const writer = await openPart(far, 'customers', columns);
    await writer.write(good(1, 100));
    await writer.finish();
    wire.cutAt('commit', fault);
    await expect(writer.commit(entryOf(1, 100))).rejects.toMatchObject({ code: 'target-interrupted' });
    await writer.rollback();
    await expect.poll(() => sql(url, `${ownSessions} and state like 'idle in%'`)).toEqual([]);
    expect((await into.ledger('r1')).length).toBe(parts);
    expect(await rowCount(url)).toBe(String(parts * 100));
  },
);

test('a target that is no longer reachable is an interruption, and one that never was is unavailable', async () => {
  const { url } = await customersAt();
  const wire = await wireTo(url);
  const far = await target(wire.url);
  wire.close();
  wire.cut('reset');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(openPart(far, 'customers', columns)).rejects.toMatchObject({ code: 'target-interrupted' });
  await expect(openTarget(wire.url)).rejects.toMatchObject({ code: 'target-unavailable' });
});

test('the ledger tables are created once, however many processes start at the same time', async () => {
  const { url } = await customersAt();
  const targets = await Promise.all(Array.from({ length: 8 }, () => target(url)));
  const begin = async (into: Target, i: number) => {
    const writer = await openPart(into, 'customers', columns);
    await writer.commit(entryOf(i, 0));
  };
  await Promise.all(targets.map(begin));
  expect((await targets[0]?.ledger('r1'))?.length).toBe(8);
});

test('a part that another process has loaded is not loaded twice', async () => {
  const { url, into } = await customersAt();
  const [one, two] = [await openPart(into, 'customers', columns), await openPart(into, 'customers', columns)];
  await one.write(good(1, 10));
  await one.finish();
  await one.commit(entryOf(1, 10));
  await two.write(good(11, 20));
  await two.finish();
  await expect(two.commit(entryOf(1, 10))).rejects.toMatchObject({ code: 'run-locked' });
  expect(await rowCount(url)).toBe('10');
});

test('more parts are loaded at the same time than there are sessions', async () => {
  const { url, into } = await customersAt();
  const loadOne = async (part: number) => {
    const writer = await openPart(into, 'customers', columns);
    expect(await writeAll(writer, [good(part * 1000, part * 1000 + 999)])).toBeNull();
    await writer.commit(entryOf(part, 1000));
  };
  await Promise.all(Array.from({ length: 20 }, (_, i) => loadOne(i + 1)));
  expect(await rowCount(url)).toBe('20000');
  expect((await into.ledger('r1')).map(({ part }) => part.number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('a load uses no more memory than its buffers, however much is written', async () => {
  const { into } = await customersAt(`create table ${schema}.notes (id integer, body text)`);
  const writer = await openPart(into, 'notes', ['id', 'body']);
  const batch = Array.from({ length: 1000 }, (_, i) => [String(i), 'x'.repeat(1000)]);
  const before = process.memoryUsage().rss;
  let most = 0;
  for (let i = 0; i < 300; i++) {
    await writer.write(batch);
    most = Math.max(most, process.memoryUsage().rss);
  }
  await writer.rollback();
  expect((most - before) / 1e6).toBeLessThan(150);
});

const bodiesOf = async (url: string, table: string) =>
  sql(url, `select id, length(body), md5(body) from ${schema}.${table} order by id`);

test.each(['text', 'interval'])(
  'rows of a megabyte and one of 64 are written and read back, next to a column of type %s',
  async (type) => {
    const { url, into } = await customersAt(`create table ${schema}.wide (id integer, body text, more ${type})`);
    const names = ['id', 'body', 'more'];
    const bodies = [
      ...Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i).repeat(1_000_000)),
      'é'.repeat(32_000_000),
    ];
    const rows = bodies.map((body, i) => [String(i), body, null]);
    await load(into, 'wide', names, [['-1', '', null], ...rows, ['99', 'last', null]]);
    expect((await bodiesOf(url, 'wide')).map(([, length]) => length)).toEqual([
      '0',
      ...bodies.map((body) => String(body.length)),
      '4',
    ]);
    const format = await into.rowFormat('wide', columnsOf(names));
    expect(format.name).toBe(type === 'text' ? 'copy-binary' : 'copy-text');
    let at = 0;
    for await (const batch of into.inspector.encoded('wide', columnsOf(names))) {
      for (const row of hexRows(batch)) {
        const sent = encode(format, [at === 0 ? ['-1', '', null] : (rows[at - 1] ?? ['99', 'last', null])]);
        if ('sqlstate' in sent || hexRows(sent)[0] !== row) throw new Error(`row ${at} differs`);
        at++;
      }
    }
    expect(at).toBe(rows.length + 2);
  },
);

test('a session is reused after a part that was abandoned mid-buffer, a refused one and a good one', async () => {
  const { url, into } = await customersAt();
  const sessions = async () => (await sql(url, ownSessions)).length;
  const before = await sessions();
  for (let i = 0; i < 3; i++) {
    const aborted = await openPart(into, 'customers', columns);
    for (let n = 0; n < 30; n++) await aborted.write(good(n * 1000, n * 1000 + 999));
    await aborted.rollback();
    const refused = await openPart(into, 'customers', columns);
    expect(await writeAll(refused, [bad])).toMatchObject({ sqlstate: '23514' });
    await refused.rollback();
    await load(into, 'customers', columns, good(i * 10, i * 10 + 9));
  }
  expect([before, await sessions(), await rowCount(url)]).toEqual([1, 1, '30']);
});

test('bytes may be overwritten once a write has resolved', async () => {
  const { url, into } = await customersAt(`create table ${schema}.notes (id integer, body text)`);
  const format = await into.rowFormat('notes', columnsOf(['id', 'body']));
  const writer = await into.openPart('notes', ['id', 'body'], format);
  for (let i = 0; i < 200; i++) {
    const rows = encode(format, [[String(i), String(i % 10).repeat(30_000)]]) as EncodedRows;
    await writer.write(rows);
    rows.bytes.fill(0x21);
  }
  expect(await writer.finish()).toBeNull();
  await writer.commit(entryOf(1, 200));
  expect(await sql(url, `select count(*) from ${schema}.notes where body <> repeat((id % 10)::text, 30000)`)).toEqual([
    ['0'],
  ]);
});

test('bytes that the server cannot read stop the load and are not a refused row', async () => {
  const { into } = await customersAt();
  const format = await into.rowFormat('customers', columnsOf(columns));
  const broken = Uint8Array.of(0, 3, 0, 0, 0, 5, 0, 0, 0, 0, 7, 255, 255, 255, 255, 255, 255, 255, 255);
  const writer = await into.openPart('customers', columns, format);
  const write = writer.writeIsolating({ count: 1, bytes: broken, ends: Uint32Array.of(broken.length) });
  await expect(write).rejects.toMatchObject({ code: 'target-refused' });
  await writer.rollback();
});

test('invalid JSON is refused by the server, without the rest of its batch', async () => {
  const { into } = await customersAt(`create table ${schema}.documents (id integer, body json)`);
  const writer = await openPart(into, 'documents', ['id', 'body']);
  const refusal = { sqlstate: '22P02', constraint: null, column: null };
  expect(
    await writer.writeIsolating([
      ['1', '{'],
      ['2', '{}'],
    ]),
  ).toEqual([{ row: 0, refusal }]);
  await writer.commit(entryOf(1, 1));
  expect(await linesOf(into, 'documents', ['id', 'body'])).toEqual(['2\t{}']);
});
