import { expect, test } from 'vitest';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Finding } from '../../../core/validation/check.ts';
import type { Validator } from '../../../core/validation/validator.ts';
import { customers, logs, plainRows, shopRuns } from '../memory/shop-runs.ts';

const passed: Finding = { subject: 's', verdict: 'pass', expected: 1, actual: 1, sampleKeys: [] };
const description = { proves: 'Nothing is lost.', cannotSee: 'Everything else.' };

/** A validator that yields these findings and then throws the error, if there is one. */
function validatorOf(findings: readonly Finding[], error?: unknown, name = 'one'): Validator {
  return {
    name,
    ...description,
    async *run() {
      yield* findings;
      if (error !== undefined) throw error;
    },
  };
}

test('the verdict is pass when all checks pass', async () => {
  const shop = await shopRuns(plainRows(2));
  expect((await shop.run({ validators: [validatorOf([passed])] })).verdict).toBe('pass');
});

test.each([
  ['no validators', []],
  ['a validator without checks', [validatorOf([])]],
])('%s prove nothing: incomplete', async (_what, validators) => {
  const shop = await shopRuns(plainRows(2));
  expect((await shop.run({ validators })).verdict).toBe('incomplete');
});

test('a failed check outweighs an incomplete one', async () => {
  const shop = await shopRuns(plainRows(2));
  const failed: Finding = { ...passed, verdict: 'fail', actual: 0 };
  const { verdict } = await shop.run({ validators: [validatorOf([failed, passed], new Error('x'))] });
  expect(verdict).toBe('fail');
});

test('a validator that throws is incomplete, its checks so far are kept, and the others still run', async () => {
  const shop = await shopRuns(plainRows(2));
  const gone = new WaybillError('source-interrupted', 'The connection to the source broke.', { hint: 'Resume.' });
  const validators = [validatorOf([passed], gone), validatorOf([passed], undefined, 'two')];
  expect((await shop.run({ validators })).verdict).toBe('incomplete');
  expect(shop.report?.checks).toEqual([
    { check: 'one', ...passed },
    {
      check: 'one',
      subject: 'all',
      verdict: 'incomplete',
      expected: null,
      actual: null,
      sampleKeys: [],
      note: 'The connection to the source broke.',
    },
    { check: 'two', ...passed },
  ]);
  expect(shop.report?.descriptions).toEqual([
    { name: 'one', ...description },
    { name: 'two', ...description },
  ]);
});

test('the message of a foreign error, which may hold a value, is not in the report', async () => {
  const shop = await shopRuns(plainRows(2));
  await shop.run({ validators: [validatorOf([passed], new Error('invalid input: "Erika Mustermann"'))] });
  expect(JSON.stringify(shop.report)).not.toContain('Erika');
});

test('a row that is deleted from the target after the load fails the run', async () => {
  const shop = await shopRuns(plainRows(3));
  const thief: Validator = {
    name: 'thief',
    ...description,
    async *run() {
      shop.server.schemas.get('shop')?.get('customers')?.rows.pop();
      yield passed;
    },
  };
  expect((await shop.run({ validators: [thief, ...shop.options().validators] })).verdict).toBe('fail');
});

test.each(['direct', 'staged'] as const)(
  'a run of some tables loads only those, and is incomplete whatever the checks say (%s)',
  async (mode) => {
    const shop = await shopRuns(plainRows(3));
    expect((await shop.run({ mode, tables: ['customer', 'c01.log'] })).verdict).toBe('incomplete');
    expect(shop.ledger().map((e) => e.mapping)).toEqual([customers, logs]);
    expect(shop.server.lines('orders')).toEqual([]);
    expect(shop.report?.checks.filter((c) => c.verdict !== 'pass')).toEqual([
      expect.objectContaining({ check: 'scope', verdict: 'incomplete', expected: 3, actual: 2 }),
    ]);
    expect(shop.report?.descriptions.map(({ name }) => name)).toContain('scope');
    expect(shop.server.versions.get('shop')).toBe(1);
  },
);

test.each(['customer', 'c01.customer', 'customers'])('a table can be named as %s', async (name) => {
  const shop = await shopRuns(plainRows(2));
  await shop.run({ tables: [name] });
  expect(shop.ledger().map((e) => e.mapping)).toEqual([customers]);
});

test('references to tables that are not in the run are kept', async () => {
  const shop = await shopRuns(plainRows(2));
  await shop.run({ tables: ['order'] });
  expect(shop.server.resolved).toEqual([]);
  expect(
    shop.server.schemas
      .get('shop')
      ?.get('orders')
      ?.rows.map((row) => row[2]),
  ).not.toContain(null);
});

test('a table without a mapping is a usage error, and no run begins', async () => {
  const shop = await shopRuns(plainRows(1));
  await expect(shop.run({ tables: ['customer', 'costumer'] })).rejects.toMatchObject({
    code: 'usage',
    exitCode: 2,
    message: 'No mapping reads or fills a table called costumer.',
  });
  await expect(shop.resume()).rejects.toMatchObject({ code: 'run-unknown' });
  expect(shop.server.schemas.size).toBe(0);
});
