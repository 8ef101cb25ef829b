import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOfBytes } from '../../../connectors/sql/utf8.ts';

test('well-formed UTF-8 is decoded as text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(textOfBytes(Buffer.from(text))).toBe(text);
    }),
  );
});

test.each([
  ['a lone surrogate', '61eda08062', 'a\ud800b'],
  ['a surrogate pair in two halves', 'eda0bcedbe89', '🎉'],
  ['bytes of Latin-1', 'e9ff', '\udce9\udcff'],
  ['a truncated sequence', 'c3a9f09f8e', 'é\udcf0\udc9f\udc8e'],
  ['an overlong zero', 'c080', '\udcc0\udc80'],
  ['a real U+FFFD next to an invalid byte', 'efbfbdff', '\ufffd\udcff'],
])('%s stays distinct', (_, hex, text) => {
  expect(textOfBytes(Buffer.from(hex, 'hex'))).toBe(text);
});

test('bytes that are not UTF-8 never become well-formed text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const text = textOfBytes(Buffer.from(bytes));
      const isSame = Buffer.from(text).equals(Buffer.from(bytes));
      const isPairOfHalves = /[\u{10000}-\u{10ffff}]/u.test(text);
      expect(isSame || isPairOfHalves || !/^\P{Surrogate}*$/u.test(text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
