import { expect, test } from 'vitest';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import { tablesOfContract } from '../../../core/model/schema.ts';

const read = (columns: Readonly<Record<string, string>>) =>
  tablesOfContract('c01', { t: { key: [], columns } }, parseMysqlType)[0]?.columns ?? [];

test('a column is nullable unless its text says otherwise, and filled by the database if the text says so', () => {
  const columns = read({ a: 'int', b: 'int not null', c: 'int default', d: 'int not null default' });
  expect(columns.map((c) => [c.name, c.type.native, c.nullable, c.hasDefault ?? false])).toEqual([
    ['a', 'int', true, false],
    ['b', 'int', false, false],
    ['c', 'int', true, true],
    ['d', 'int', false, true],
  ]);
});

test('labels that look like keywords of a contract stay labels', () => {
  const [column] = read({ a: "enum('x not null','y default') not null" });
  expect(column).toMatchObject({ nullable: false, type: { labels: ['x not null', 'y default'] } });
  expect(read({ a: "enum('x not null')" })[0]?.nullable).toBe(true);
});

test('columns keep their order and awkward names', () => {
  expect(read({ 'MIR.ORDER': 'int', DELETE: 'int', b: 'int' }).map((c) => c.name)).toEqual([
    'MIR.ORDER',
    'DELETE',
    'b',
  ]);
});

test('a table is named with its schema, or alone if it has none', () => {
  const contract = { t: { key: ['a'], unique: [['b']], columns: { a: 'int' } } };
  expect(tablesOfContract('c01', contract, parseMysqlType)[0]).toMatchObject({
    ...{ name: 'c01.t', key: ['a'], unique: [['b']], estimatedRows: null },
  });
  expect(tablesOfContract('', contract, parseMysqlType)[0]?.name).toBe('t');
});
