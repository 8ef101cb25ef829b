import { expect, test } from 'vitest';
import type { Reference } from '../../../../core/ports/ledger.ts';
import type { Target } from '../../../../core/ports/target.ts';
import { database, load, schema, target } from '../database.ts';

/** `parents (a, b)`, and `children` that refer to both columns. Child 1 has a parent. */
async function pairs(parents: string, rows: readonly (readonly string[])[]): Promise<Target> {
  const url = await database(
    `create schema ${schema}`,
    `create table ${schema}.parents (a integer, b integer, ${parents})`,
    `create table ${schema}.children (id integer primary key, a integer, b integer)`,
  );
  const into = await target(url);
  const known = [
    ['1', '10'],
    ['2', '20'],
  ];
  await load(into, 'parents', ['a', 'b'], known);
  await load(into, 'children', ['id', 'a', 'b'], rows);
  return into;
}

const toPair: Reference = {
  ...{ table: 'children', mapping: 's.children > children', parent: 'parents', orphan: 'reject' },
  ...{ column: 'b', parentColumn: 'b', also: [{ column: 'a', parentColumn: 'a' }] },
};

test('a pair of values that exist but do not belong together is mismatched, and no orphan', async () => {
  const into = await pairs('primary key (a, b)', [
    ['1', '1', '10'],
    ['2', '1', '20'],
    ['3', '2', '10'],
    ['4', '1', '99'],
    ['5', '9', '10'],
    ['6', '9', '99'],
  ]);
  const resolved = await into.resolveReferences('r1', [toPair]);
  const facts = resolved.map(({ key, reason, values, disagreeing }) => [key[0], reason, values, disagreeing]);
  expect(facts).toEqual([
    ['2', 'mismatched-reference', ['1', '20'], ['a', 'b']],
    ['3', 'mismatched-reference', ['2', '10'], ['a', 'b']],
    ['4', 'orphan', ['1', '99'], []],
    ['5', 'orphan', ['9', '10'], []],
    ['6', 'orphan', ['9', '99'], []],
  ]);
});

test('where a column identifies the parent, the columns that disagree with it are named', async () => {
  const into = await pairs('primary key (b)', [
    ['1', '1', '10'],
    ['2', '1', '20'],
    ['3', '7', '10'],
    ['4', '1', '99'],
  ]);
  const resolved = await into.resolveReferences('r1', [{ ...toPair, identifying: 'b' }]);
  expect(resolved.map(({ key, reason, disagreeing }) => [key[0], reason, disagreeing])).toEqual([
    ['2', 'mismatched-reference', ['a']],
    ['3', 'mismatched-reference', ['a']],
    ['4', 'orphan', []],
  ]);
});

test('a parent whose other column is null disagrees', async () => {
  const into = await pairs('primary key (b)', [['1', '1', '30']]);
  await load(into, 'parents', ['b'], [['30']]);
  const resolved = await into.resolveReferences('r1', [{ ...toPair, identifying: 'b' }]);
  expect(resolved).toMatchObject([{ reason: 'mismatched-reference', disagreeing: ['a'] }]);
});

test('what is found out about resolved rows later is kept with them', async () => {
  const into = await pairs('primary key (b)', [['1', '1', '99']]);
  const [row] = await into.resolveReferences('r1', [{ ...toPair, mapping: null }]);
  expect(row).toMatchObject({ mapping: null, reason: 'orphan' });
  await into.classifyResolved([{ id: row?.id ?? '', mapping: 's.c > children', reason: 'parent-rejected' }]);
  expect(await into.resolvedRows('r1')).toEqual([{ ...row, mapping: 's.c > children', reason: 'parent-rejected' }]);
});
