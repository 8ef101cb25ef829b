import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineReader, parseTextArray, unescapeField } from '../../../../connectors/postgres/copy/copy-text.ts';
import { rowText, valueText } from '../../../../core/model/row-text.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import { awkwardTexts } from '../awkward.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...awkwardTexts));

test('a field is read back from its canonical text', () => {
  fc.assert(fc.property(text, (value) => unescapeField(valueText(value)) === value));
});

test('an array is read back from its literal', () => {
  const members = fc.array(fc.option(text));
  fc.assert(
    fc.property(members, (list) => {
      expect(parseTextArray(unescapeField(valueText(list)))).toEqual(list);
    }),
  );
});

test('every escape that COPY knows is read', () => {
  expect(unescapeField('\\b\\f\\n\\r\\t\\v\\\\')).toBe('\b\f\n\r\t\v\\');
  expect(unescapeField('\\x41\\x7e\\101\\60\\x4')).toBe('A~A0\u0004');
  expect(unescapeField('\\q\\.\\é\\\n')).toBe('q.é\n');
  expect(unescapeField('\\\\n')).toBe('\\n');
});

test('a row of booleans, bytes, arrays and nulls is read back, and \\N as text is not null', () => {
  const kinds = ['boolean', 'bytes', 'textArray', 'text', 'text', 'decimal'] as const;
  const columns = kinds.map((kind, i) => ({ name: `c${i}`, type: { kind, native: kind }, nullable: true }));
  const table: TableSchema = { name: 't', columns, key: [], unique: [], estimatedRows: null };
  const row = [false, Buffer.from([0, 9, 10, 92, 255]), ['a', null, 'NULL', ''], '\\N', null, '-0.10'];
  expect(lineReader(table)(rowText(row))).toEqual(row);
  expect(lineReader(table)(rowText([null, null, null, null, null, null]))).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('an array member of many megabytes is read', () => {
  const long = '\\"x, '.repeat(2_000_000);
  expect(parseTextArray(unescapeField(valueText([long, 'b'])))).toEqual([long, 'b']);
});
