import { expect, test } from 'vitest';
import { literalOf, rangeCondition } from '../../../connectors/mysql/key-range.ts';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import { tablesOfContract } from '../../../core/model/schema.ts';

test('a composite range is spelled out so that the server uses its index', () => {
  const contract = { t: { key: ['a', 'b'], columns: { a: 'int not null', b: 'varchar(9) not null' } } };
  const [table] = tablesOfContract('c01', contract, parseMysqlType);
  if (table === undefined) throw new Error('no table');
  expect(rangeCondition(table, { after: ['1', "o'c"], upTo: ['2', 'z'] })).toBe(
    "where `a` >= 1 and (`a` > 1 or (`a` = 1 and (`b` > 'o\\'c'))) and `a` <= 2 and (`a` < 2 or (`a` = 2 and (`b` <= 'z')))",
  );
  expect(rangeCondition(table, { after: null, upTo: null })).toBe('');
});

test.each([
  ['bigint unsigned', '18446744073709551615', '18446744073709551615'],
  ['int', '1 or 1=1', "'1 or 1=1'"],
  ['decimal(9,2)', '-1.50', '-1.50'],
  ['double', '0.1', '0.1e0'],
  ['double', '1e+20', '1e+20'],
  ['float', '0.1', '0.10000000149011612e0'],
  ["enum('b','a')", 'a', '2'],
  ["enum('b','a')", '', '0'],
  ['bit(3)', '101', "b'101'"],
  ['binary(2)', '\\x00ff', "x'00ff'"],
  ['timestamp(1)', '2020-01-01 10:00:00.5+00', "'2020-01-01 10:00:00.5'"],
  ['varchar(9)', "a'b\\c\0", "'a\\'b\\\\c\\0'"],
])('a key of %s at %s is written %3$s', (native, text, literal) => {
  expect(literalOf(parseMysqlType(native), text)).toBe(literal);
});
