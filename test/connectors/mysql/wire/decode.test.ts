import { expect, test } from 'vitest';
import { parseMysqlType } from '../../../../connectors/mysql/types.ts';
import { decoderOf, formOf } from '../../../../connectors/mysql/wire/decode.ts';
import type { Value } from '../../../../core/model/value.ts';

/**
 * Decodes the server's text for a column of this type. Only forms that MariaDB does not send. The rest is tested live.
 */
function decoded(native: string, sent: string): Value {
  const bytes = Buffer.from(`before${sent}after`);
  return decoderOf(parseMysqlType(native))(bytes, 6, bytes.length - 5);
}

test('MySQL keeps the minus sign of a zero, and MariaDB does not', () => {
  expect(decoded('double', '-0')).toBe('-0');
  expect(decoded('float', '-0')).toBe('-0');
});

test('JSON is its source text', () => {
  expect(decoded('json', '{"a": 9007199254740993, "b": 1.10}')).toBe('{"a": 9007199254740993, "b": 1.10}');
  expect(decoded('json', 'null')).toBe('null');
});

test('a fraction that the contract does not know is unchanged', () => {
  expect(decoded('datetime', '2020-01-01 10:00:00.50')).toBe('2020-01-01 10:00:00.50');
  expect(decoded('datetime(3)', '2020-01-01 10:00:00')).toBe('2020-01-01 10:00:00');
});

test('a column can be read without its decoder by its form', () => {
  const forms = (natives: readonly string[]) => new Set(natives.map((native) => formOf(parseMysqlType(native))));
  expect(
    forms(['int', 'double', 'float', 'decimal(5,2)', 'time(3)', 'timestamp', 'json', "enum('a')", 'uuid', 'text']),
  ).toEqual(new Set(['text']));
  expect(forms(['blob', 'binary(2)', 'bit(9)', 'point'])).toEqual(new Set(['raw']));
  expect(forms(["set('a','b')"])).toEqual(new Set(['comma-list']));
  expect(forms(['year', 'int zerofill', 'decimal(5,2) zerofill', 'double zerofill'])).toEqual(new Set(['opaque']));
});

test('bytes are a copy, because their batch is overwritten', () => {
  const batch = Buffer.from('abc');
  const value = decoderOf(parseMysqlType('blob'))(batch, 1, 3);
  batch.fill(0);
  expect(value).toEqual(Buffer.from('bc'));
});

test('more combinations of a set than the cache holds are still split', () => {
  const decode = decoderOf(parseMysqlType("set('a','b')"));
  for (let i = 0; i < 3000; i++) {
    const joined = Buffer.from(`a,${i}`);
    expect(decode(joined, 0, joined.length)).toEqual(['a', String(i)]);
  }
});
