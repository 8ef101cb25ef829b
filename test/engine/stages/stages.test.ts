import { expect, test } from 'vitest';
import { jsonl } from '../../../connectors/files/connector.ts';
import type { Source } from '../../../core/ports/source.ts';
import { exportRun, importRun, transformRun, validateRun } from '../../../engine/stages/stage-runs.ts';
import { customer } from '../../validators/shop.ts';
import { customers, plainRows, refusing, type ShopRuns, shopRuns, targetRows } from '../memory/shop-runs.ts';

const rows = {
  ...plainRows(7),
  customer: plainRows(7).customer.map((row, i) => (i === 3 ? customer(4, { Born: '0000-00-00' }) : row)),
};

async function shop(): Promise<ShopRuns> {
  const made = await shopRuns(rows);
  made.server.faults.refuse = refusing('customers', 'Name 6');
  return made;
}
const common = { maxRejects: 1, partRows: 3 };

test('export, transform, import and validate give the same result as a run', async () => {
  const whole = await shop();
  await whole.run({ mode: 'staged', ...common });
  const stages = await shop();
  const options = stages.options(common);
  expect(await exportRun(options)).toMatchObject({ run: 'r1' });
  expect(await transformRun(options)).toMatchObject({ run: 'r1' });
  expect(await importRun(options, 'shop')).toEqual({ run: 'r1', path: 'memory:target' });
  expect((await validateRun(options)).verdict).toBe('pass');
  expect(targetRows(stages)).toEqual(targetRows(whole));
  expect(stages.ledger()).toEqual(whole.ledger());
  expect(await stages.records(customers)).toEqual(await whole.records(customers));
});

test('a directory that an export wrote is a source like any other', async () => {
  const first = await shop();
  const { path } = await exportRun(first.options());
  const second = await shopRuns({});
  second.server.faults.refuse = refusing('customers', 'Name 6');
  const openSource = () => jsonl.openSource(`jsonl:${path}`, { schemas: {} });
  expect((await second.run({ ...common, openSource })).verdict).toBe('pass');
  const direct = await shop();
  await direct.run(common);
  expect(targetRows(second)).toEqual(targetRows(direct));
});

test('an export of some tables does not make the others empty', async () => {
  const first = await shop();
  const { path } = await exportRun(first.options({ tables: ['customer'] }));
  const second = await shopRuns({});
  const openSource = () => jsonl.openSource(`jsonl:${path}`, { schemas: {} });
  await expect(second.run({ openSource })).rejects.toMatchObject({
    code: 'drift',
    message: expect.stringContaining('c01.order: The source does not have this table.'),
  });
});

test('a stage whose predecessor did not finish is refused', async () => {
  const made = await shop();
  const unfinished = { code: 'run-unfinished', exitCode: 2 };
  await exportRun(made.options(common));
  await expect(importRun(made.options(common), 'shop')).rejects.toMatchObject(unfinished);
  await expect(validateRun(made.options(common))).rejects.toMatchObject(unfinished);
  const other = await shop();
  await expect(transformRun(other.options(common))).rejects.toMatchObject({ code: 'run-unknown' });
});

test('a stopped import can be resumed, and a repeated one loads nothing twice', async () => {
  const made = await shop();
  await exportRun(made.options(common));
  await transformRun(made.options(common));
  await expect(importRun(made.options({ ...common, maxRejects: 0 }), 'shop')).rejects.toMatchObject({
    code: 'too-many-rejects',
  });
  await importRun(made.options(common), 'shop');
  const before = made.server.state();
  await importRun(made.options(common), 'shop');
  expect(made.server.state()).toEqual(before);
  expect((await validateRun(made.options(common))).verdict).toBe('pass');
});

test('an import into a schema that already has rows is refused', async () => {
  const made = await shop();
  await made.run({ run: 'before', ...common });
  await exportRun(made.options(common));
  await transformRun(made.options(common));
  await expect(importRun(made.options(common), 'shop')).rejects.toMatchObject({ code: 'target-not-empty' });
});

test('an import of a run into a second schema is refused, because the ledger says that everything is loaded', async () => {
  const made = await shop();
  await exportRun(made.options(common));
  await transformRun(made.options(common));
  await importRun(made.options(common), 'shop');
  await expect(importRun(made.options(common), 'second')).rejects.toMatchObject({ code: 'configuration' });
});

test('a later validation finds changes since the load', async () => {
  const made = await shop();
  await made.run(common);
  expect((await validateRun(made.options(common))).verdict).toBe('pass');
  const row = made.server.schemas.get('shop')?.get('customers')?.rows[0] ?? [];
  row[2] = 'someone else';
  expect((await validateRun(made.options(common))).verdict).toBe('fail');
});

test('validation reads the source in the parts of the run, and cuts another source into new parts', async () => {
  const made = await shop();
  const { openSource, ...options } = made.options(common);
  await made.run(common);
  const tablesCut = async (label: string): Promise<string[]> => {
    const cut: string[] = [];
    const source = { ...(await openSource()), label };
    const parts: Source['parts'] = (table, maxRows) => {
      cut.push(table.name);
      return source.parts(table, maxRows);
    };
    const { verdict } = await validateRun({ ...options, openSource: async () => ({ ...source, parts }) });
    expect(verdict).toBe('pass');
    return cut.sort();
  };
  expect(await tablesCut('memory:source')).toEqual([]);
  expect(await tablesCut('memory:copy')).toEqual(['c01.customer', 'c01.log', 'c01.order']);
});
