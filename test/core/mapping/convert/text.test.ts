import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optionalTextOf, textOf } from '../../../../core/mapping/convert/text.ts';
import { Adjusted } from '../../../../core/model/value.ts';

const removed = (text: string): Adjusted => new Adjusted(text, 'nul-removed');

describe('text', () => {
  test.each(['', 'NULL', '\\N', '\\.', 'a\tb\r\n', '  padded  ', '\ufeffbom', '\u2028', 'é', 'e\u0301', '😀'])(
    '%j is carried unchanged',
    (text) => expect(textOf(text)).toBe(text),
  );

  test('loses every NUL and nothing else, recorded', () => {
    expect(textOf('ab\u0000')).toEqual(removed('ab'));
    expect(textOf('\u0000a\u0000 b\u0000\u0000')).toEqual(removed('a b'));
    expect(textOf('\u0000')).toEqual(removed(''));
  });

  test('without a NUL is carried, whatever it contains', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(texts, (text) => {
        const kept = text.split('\u0000').join('');
        expect(textOf(text)).toEqual(kept === text ? text : removed(kept));
      }),
      { examples: [['a\u0000b']] },
    );
  });
});

describe('optional text', () => {
  test("'' means none", () => expect(optionalTextOf('')).toBeNull());

  test('blanks and the word NULL are text', () => {
    for (const text of [' ', 'NULL', '0', '\\N']) expect(optionalTextOf(text)).toBe(text);
  });

  test('of nothing but NUL is adjusted to the empty text, and is not none by the rule', () => {
    expect(optionalTextOf('\u0000')).toEqual(removed(''));
  });
});
