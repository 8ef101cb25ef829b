import { expect, test } from 'vitest';
import type { RejectLimit } from '../../../engine/options.ts';
import { budgetOf, RejectBudget } from '../../../engine/parts/reject-budget.ts';

const mapping = (source: string, to: string) =>
  ({ name: `${source} > ${to}`, source: { name: source }, target: { name: to } }) as never;
const both = [mapping('c01.order', 'orders'), mapping('c01.item', 'items')];
const budget = (...limits: RejectLimit[]) => new RejectBudget(limits, both, 'shop --run r1');
const spend =
  (of: RejectBudget, read: number, rejected: number, name = 'c01.order > orders') =>
  () =>
    of.spend(name, { read, rejected });
const over = expect.objectContaining({ code: 'too-many-rejects' });

test('percent: the run continues at the threshold and stops above it, and nothing is spent', () => {
  const run = budget({ table: null, max: 1, isPercent: true });
  spend(run, 1000, 10)();
  expect(spend(run, 0, 1)).toThrow(over);
  spend(run, 100, 1)();
  run.close();
});

test('percent of fewer than 1,000 rows are judged at the end of the stage only', () => {
  const run = budget({ table: null, max: 1, isPercent: true });
  spend(run, 999, 10)();
  expect(() => run.close()).toThrow('10 of 999 rows were rejected so far; --max-rejects allows 1 %.');
});

test('a table has a limit in addition to that of the run', () => {
  const run = budget({ table: 'order', max: 1, isPercent: false }, { table: null, max: 3, isPercent: false });
  spend(run, 5, 1)();
  expect(spend(run, 5, 1)).toThrow('2 rows of order were rejected so far; --max-rejects order allows 1.');
  spend(run, 5, 2, 'c01.item > items')();
  expect(spend(run, 5, 1, 'c01.item > items')).toThrow(
    '4 rows were rejected so far, the last of them in c01.item > items',
  );
});

test('without a limit for the run, tables without a limit may reject nothing', () => {
  const run = budget({ table: 'orders', max: 1, isPercent: false });
  spend(run, 5, 1)();
  expect(spend(run, 5, 1, 'c01.item > items')).toThrow(over);
});

test('a part that failed to load costs nothing', () => {
  const run = budget({ table: null, max: 1, isPercent: false });
  spend(run, 5, 1)();
  run.release('c01.order > orders', { read: 5, rejected: 1 });
  spend(run, 5, 1)();
});

test('the hint names a pipeline that is not shipped by its path, because a command finds it there only', () => {
  const options = { pipeline: { name: 'shop' }, module: '/projects/my shop' };
  const context = { options, manifest: { rejectLimits: [] }, selected: both, folder: { run: 'r1' } };
  const run = budgetOf(context as never, []);
  const hint = expect.stringContaining("waybill rejects list '/projects/my shop' --run r1;");
  expect(spend(run, 1, 1)).toThrow(expect.objectContaining({ hint }));
});
