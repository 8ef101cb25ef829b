import { expect, test } from 'vitest';
import { decoderOf } from '../../../connectors/mysql/decode.ts';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import type { Value } from '../../../core/value.ts';

/** What a column of the type makes of the server's text. Only forms that MariaDB does not send; the rest is seen live. */
function decoded(native: string, sent: string | null): Value {
  const bytes = sent === null ? null : Buffer.from(sent);
  return decoderOf(parseMysqlType(native))({ string: () => bytes?.toString() ?? null, buffer: () => bytes });
}

test('MySQL keeps the minus of a zero, which MariaDB does not', () => {
  expect(decoded('double', '-0')).toBe('-0');
  expect(decoded('float', '-0')).toBe('-0');
});

test('JSON is its source text', () => {
  expect(decoded('json', '{"a": 9007199254740993, "b": 1.10}')).toBe('{"a": 9007199254740993, "b": 1.10}');
  expect(decoded('json', 'null')).toBe('null');
});

test('a fraction that the contract does not know of is left as it is', () => {
  expect(decoded('datetime', '2020-01-01 10:00:00.50')).toBe('2020-01-01 10:00:00.50');
  expect(decoded('datetime(3)', '2020-01-01 10:00:00')).toBe('2020-01-01 10:00:00');
});

test('null is null for every kind', () => {
  const natives = [
    'int',
    'int zerofill',
    'float',
    'double',
    'time(2)',
    'timestamp',
    'bit(3)',
    'blob',
    "set('a')",
    'text',
  ];
  expect(natives.map((native) => decoded(native, null))).toEqual(natives.map(() => null));
});

test('more combinations of a set than are remembered are still split', () => {
  const decode = decoderOf(parseMysqlType("set('a','b')"));
  for (let i = 0; i < 3000; i++) {
    expect(decode({ string: () => `a,${i}`, buffer: () => null })).toEqual(['a', String(i)]);
  }
});
