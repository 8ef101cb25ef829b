import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowText, valueText } from '../../../core/model/row-text.ts';
import type { Row, Value } from '../../../core/model/value.ts';

describe('a value in canonical text', () => {
  test.each<[string, Value, string]>([
    ['NULL', null, '\\N'],
    ['the text \\N', '\\N', '\\\\N'],
    ['the empty text', '', ''],
    ['the word NULL', 'NULL', 'NULL'],
    ['the end of COPY', '\\.', '\\\\.'],
    ['a backslash', 'a\\', 'a\\\\'],
    ['a backspace', '\b', '\\b'],
    ['a form feed', '\f', '\\f'],
    ['a line end', '\n', '\\n'],
    ['a carriage return', '\r', '\\r'],
    ['a tab', '\t', '\\t'],
    ['a vertical tab', '\v', '\\v'],
    ['all of them', '\\\b\f\n\r\t\v', '\\\\\\b\\f\\n\\r\\t\\v'],
    ['other controls, which PostgreSQL does not escape', '\u0001\u0007\u001b\u007f', '\u0001\u0007\u001b\u007f'],
    ['text that only looks like a line end', '\u0085\u2028\ufeff', '\u0085\u2028\ufeff'],
    ['emoji and accents', 'é e\u0301 😀', 'é e\u0301 😀'],
    ['true', true, 't'],
    ['false', false, 'f'],
    ['no bytes', new Uint8Array(), '\\\\x'],
    ['bytes', new Uint8Array([0, 9, 10, 92, 255]), '\\\\x00090a5cff'],
    ['no members', [], '{}'],
    ['plain members', ['a', 'MIR.ORDER', 'é'], '{a,MIR.ORDER,é}'],
    ['an empty member', [''], '{""}'],
    ['a member that is NULL', [null, 'a'], '{NULL,a}'],
    ['a member with the text NULL', ['NULL', 'null', 'nulls'], '{"NULL","null",nulls}'],
    ['members with braces, commas and blanks', ['{', '}', 'a,b', 'a b'], '{"{","}","a,b","a b"}'],
    ['a member with a quote', ['"'], '{"\\\\""}'],
    ['a member with a backslash', ['\\'], '{"\\\\\\\\"}'],
    ['a member with a line end', ['a\nb'], '{"a\\nb"}'],
  ])('%s', (_what, value, text) => expect(valueText(value)).toBe(text));

  test('bytes of any length are two digits each', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(valueText(bytes)).toBe(`\\\\x${Buffer.from(bytes).toString('hex')}`);
      }),
    );
    const large = new Uint8Array(20_000).map((_, i) => i * 7);
    expect(valueText(large)).toBe(`\\\\x${Buffer.from(large).toString('hex')}`);
  });
});

/** Reads COPY text by the rules of PostgreSQL's documentation, to check that nothing is lost. */
function readBack(line: string): (string | null)[] {
  return line.split('\t').map((field) => {
    const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
    return field === '\\N' ? null : field.replace(/\\(.)/g, (_, c: string) => escapes[c] ?? c);
  });
}

const awkward = fc.constantFrom('\\', '\t', '\n', '\r', '\b', '\f', '\v', 'N', '.', 'a', '', '😀', '\u2028');
const anyText = fc.oneof(
  fc.array(awkward, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const texts = fc.array(fc.option(anyText, { nil: null }), { minLength: 1, maxLength: 6 });

describe('a row in canonical text', () => {
  test('separates columns by tabs', () => expect(rowText(['1', null, true, ['a']])).toBe('1\t\\N\tt\t{a}'));

  test('with one column has no tab', () => expect(rowText([null])).toBe('\\N'));

  test('is one line, from which every text and NULL can be read back', () => {
    fc.assert(
      fc.property(texts, (row) => {
        const line = rowText(row);
        expect(line).not.toMatch(/[\n\r]/);
        expect(readBack(line)).toEqual(row);
      }),
      { numRuns: 1000 },
    );
  });

  test('differs for any two rows that differ', () => {
    const rows: readonly Row[] = [
      ['1', '11'],
      ['11', '1'],
      ['1\t11'],
      ['', null],
      [null, ''],
      ['\\N', ''],
      ['a', '\\'],
      ['a\\', ''],
    ];
    expect(new Set(rows.map(rowText)).size).toBe(rows.length);
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(rowText(a) === rowText(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
