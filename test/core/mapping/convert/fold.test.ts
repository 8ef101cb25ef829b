import { expect, test } from 'vitest';
import { foldKey } from '../../../../core/mapping/convert/fold.ts';

test.each([
  ['E11.9', 'e11.9'],
  ['e11.9  ', 'e11.9'],
  [' E11.9', ' e11.9'],
  ['A B ', 'a b'],
  ['É', 'é'],
  ['tab\t', 'tab\t'],
  ['   ', ''],
  ['', ''],
])('%j is compared as %j: only case and trailing spaces are ignored', (text, folded) => {
  expect(foldKey(text)).toBe(folded);
  expect(foldKey(foldKey(text))).toBe(folded);
});

test('accents are significant', () => expect(foldKey('e')).not.toBe(foldKey('é')));
