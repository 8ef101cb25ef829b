import { expect, test } from 'vitest';
import type { OutBatch, PartWriter, Refusal, Target } from '../../../core/ports.ts';
import {
  batchOf,
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
} from './database.ts';
import { wireTo } from './wire.ts';

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

/** Rows from … to, all of them good. */
function good(from: number, to: number): OutBatch {
  return batchOf(Array.from({ length: to - from + 1 }, (_, i) => [String(from + i), `name ${from + i}`, '40']));
}

async function writeAll(writer: PartWriter, batches: readonly OutBatch[]): Promise<Refusal | null> {
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
  const writer = await into.openPart('customers', columns);
  expect(await writeAll(writer, [good(1, 1000), good(1001, 2500)])).toBeNull();
  expect(await rowCount(url)).toBe('0');
  expect(await into.ledger('r1')).toEqual([]);
  await writer.commit(entryOf(1, 2500, ['2500']));
  expect(await rowCount(url)).toBe('2500');
  expect(await into.ledger('r1')).toEqual([entryOf(1, 2500, ['2500'])]);
});

test('a part without rows leaves its ledger row', async () => {
  const { into } = await customersAt();
  const writer = await into.openPart('customers', columns);
  expect(await writer.finish()).toBeNull();
  await writer.commit(entryOf(1, 0));
  expect(await into.ledger('r1')).toEqual([entryOf(1, 0)]);
});

test('a rollback leaves nothing, in the middle of a copy too', async () => {
  const { url, into } = await customersAt();
  const writer = await into.openPart('customers', columns);
  for (let i = 0; i < 40; i++) await writer.write(good(i * 1000 + 1, (i + 1) * 1000));
  await writer.rollback();
  const idle = await into.openPart('customers', columns);
  await idle.rollback();
  expect(await rowCount(url)).toBe('0');
  expect(await into.ledger('r1')).toEqual([]);
});

const bad: OutBatch = batchOf([['1', 'x', '200']]);
const places = {
  first: [bad, good(2, 1000), good(1001, 30_000)],
  'in the middle': [good(2, 20_000), bad, good(20_001, 60_000)],
  last: [good(2, 20_000), bad],
};

test.for(Object.entries(places))('a refused row is reported by its constraint: %s', async ([, batches]) => {
  const { url, into } = await customersAt();
  const writer = await into.openPart('customers', columns);
  expect(await writeAll(writer, batches)).toEqual({ sqlstate: '23514', constraint: 'age_is_real', column: null });
  await writer.rollback();
  expect(await rowCount(url)).toBe('0');
});

test('after a refusal every step answers with it, until the rollback', async () => {
  const { into } = await customersAt();
  const writer = await into.openPart('customers', columns);
  await writer.write(bad);
  const refusal = await writer.finish();
  expect(refusal?.sqlstate).toBe('23514');
  expect(await writer.write(good(2, 3))).toEqual(refusal);
  expect(await writer.finish()).toEqual(refusal);
  await writer.rollback();
});

test.for([
  ['a text too long', ['1', 'x'.repeat(21), '1'], { sqlstate: '22001', constraint: null, column: null }],
  ['a null where none may be', ['1', null, '1'], { sqlstate: '23502', constraint: null, column: 'name' }],
  ['no integer', ['one', 'x', '1'], { sqlstate: '22P02', constraint: null, column: null }],
  ['a number too large', ['1', 'x', '99999999999'], { sqlstate: '22003', constraint: null, column: null }],
  ['a NUL', ['1', 'a\0b', '1'], { sqlstate: '22021', constraint: null, column: null }],
  ['half a surrogate pair', ['1', '\ud83d', '1'], { sqlstate: '22021', constraint: null, column: null }],
  ['a second row of the same key', ['2', 'x', '1'], { sqlstate: '23505', constraint: 'customers_pkey', column: null }],
] as const)('%s is a refusal, found in a batch and alone', async ([, row, refusal]) => {
  const { into } = await customersAt();
  await load(into, 'customers', columns, good(2, 2).rows);
  const whole = await into.openPart('customers', columns);
  expect(await writeAll(whole, [good(3, 10), batchOf([row])])).toEqual(refusal);
  await whole.rollback();
  const halved = await into.openPart('customers', columns);
  expect(await halved.tryWrite(good(3, 10))).toBeNull();
  expect(await halved.tryWrite(batchOf([row]))).toEqual(refusal);
  expect(await halved.tryWrite(good(11, 12))).toBeNull();
  await halved.commit(entryOf(1, 10));
  expect((await linesOf(into, 'customers', ['id'])).length).toBe(11);
});

test('a trigger that raises and a constraint that is deferred refuse the row, not the commit', async () => {
  const { into } = await customersAt(
    `create function ${schema}.refuse() returns trigger language plpgsql as
     $$ begin if new.name = 'Smith' then raise exception 'no % here', new.name; end if; return new; end $$`,
    `create trigger refuse before insert on ${schema}.customers for each row execute function ${schema}.refuse()`,
    `create table ${schema}.pairs (id integer, unique (id) deferrable initially deferred)`,
  );
  const raising = await into.openPart('customers', columns);
  expect(await raising.tryWrite(batchOf([['1', 'Smith', '1']]))).toMatchObject({ sqlstate: 'P0001' });
  await raising.rollback();
  const deferred = await into.openPart('pairs', ['id']);
  expect(await writeAll(deferred, [batchOf([['1'], ['1']])])).toMatchObject({ constraint: 'pairs_id_key' });
  await deferred.rollback();
});

test('a row larger than the buffers is carried whole', async () => {
  const { url, into } = await customersAt(`create table ${schema}.notes (id integer, body text)`);
  const body = 'wide \\ row\n'.repeat(3_500_000);
  await load(into, 'notes', ['id', 'body'], [['1', body]]);
  expect(await sql(url, `select length(body), md5(body) from ${schema}.notes`)).toEqual([
    [String(body.length), (await sql(url, 'select md5(repeat($1, 3500000))', ['wide \\ row\n']))[0]?.[0]],
  ]);
});

test('a session that the server ends in the middle of a copy is an interruption, whatever is called next', async () => {
  const { url, into } = await customersAt();
  const writer = await into.openPart('customers', columns);
  await writer.write(good(1, 20_000));
  expect(await terminate(url, "query like 'copy%'")).toBe(1);
  const rest = async () => {
    for (let i = 0; i < 100; i++) await writer.write(good(20_001 + i * 1000, 21_000 + i * 1000));
    await writer.finish();
  };
  await expect(rest()).rejects.toMatchObject({ code: 'target-interrupted' });
  await writer.rollback();
  expect(await rowCount(url)).toBe('0');
  await load(into, 'customers', columns, good(1, 5).rows);
  expect(await rowCount(url)).toBe('5');
});

test('a session that ends between two steps does not end the process', async () => {
  const { url, into } = await customersAt();
  const writer = await into.openPart('customers', columns);
  await writer.tryWrite(good(1, 2));
  await terminate(url);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(writer.tryWrite(good(3, 4))).rejects.toMatchObject({ code: 'target-interrupted' });
  await writer.rollback();
  expect(await into.inspector.count('customers')).toBe(0);
});

test.for([
  ['lose the answer', 1],
  ['lose the statement', 0],
] as const)(
  'a commit that is cut (%s) is an interruption, and the ledger says what came of it',
  async ([fault, parts]) => {
    const { url, into } = await customersAt();
    const wire = await wireTo(url);
    const far = await target(wire.url);
    const writer = await far.openPart('customers', columns);
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

test('a target that cannot be reached any more is an interruption, and one that never could be is unavailable', async () => {
  const { url } = await customersAt();
  const wire = await wireTo(url);
  const far = await target(wire.url);
  wire.close();
  wire.cut('reset');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(far.openPart('customers', columns)).rejects.toMatchObject({ code: 'target-interrupted' });
  await expect(openTarget(wire.url)).rejects.toMatchObject({ code: 'target-unavailable' });
});

test('the tables of the ledger are made once, however many processes begin at the same time', async () => {
  const { url } = await customersAt();
  const targets = await Promise.all(Array.from({ length: 8 }, () => target(url)));
  const begin = async (into: Target, i: number) => {
    const writer = await into.openPart('customers', columns);
    await writer.commit(entryOf(i, 0));
  };
  await Promise.all(targets.map(begin));
  expect((await targets[0]?.ledger('r1'))?.length).toBe(8);
});

test('a part that another process has loaded is not loaded twice', async () => {
  const { url, into } = await customersAt();
  const [one, two] = [await into.openPart('customers', columns), await into.openPart('customers', columns)];
  await one.write(good(1, 10));
  await one.finish();
  await one.commit(entryOf(1, 10));
  await two.write(good(11, 20));
  await two.finish();
  await expect(two.commit(entryOf(1, 10))).rejects.toMatchObject({ code: 'run-locked' });
  expect(await rowCount(url)).toBe('10');
});

test('parts are loaded side by side, more of them than there are sessions', async () => {
  const { url, into } = await customersAt();
  const loadOne = async (part: number) => {
    const writer = await into.openPart('customers', columns);
    expect(await writeAll(writer, [good(part * 1000, part * 1000 + 999)])).toBeNull();
    await writer.commit(entryOf(part, 1000));
  };
  await Promise.all(Array.from({ length: 20 }, (_, i) => loadOne(i + 1)));
  expect(await rowCount(url)).toBe('20000');
  expect((await into.ledger('r1')).map(({ part }) => part.number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('a load uses no more memory than its buffers, however much is written', async () => {
  const { into } = await customersAt(`create table ${schema}.notes (id integer, body text)`);
  const writer = await into.openPart('notes', ['id', 'body']);
  const batch = batchOf(Array.from({ length: 1000 }, (_, i) => [String(i), 'x'.repeat(1000)]));
  const before = process.memoryUsage().rss;
  let most = 0;
  for (let i = 0; i < 300; i++) {
    await writer.write(batch);
    most = Math.max(most, process.memoryUsage().rss);
  }
  await writer.rollback();
  expect((most - before) / 1e6).toBeLessThan(150);
});
