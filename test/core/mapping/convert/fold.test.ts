import { describe, expect, test } from 'vitest';
import { folderOf, foldKey } from '../../../../core/mapping/convert/fold.ts';

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

describe('a declared fold', () => {
  test.each([
    [['case'], 'ÉS ', 'és '],
    [['accents'], 'ÉS ', 'ES '],
    [['trailing-blanks'], ' ÉS \t ', ' ÉS \t'],
    [['case', 'accents', 'trailing-blanks'], 'ÉS  ', 'es'],
    [['case'], 'ΣΑΣ', 'σασ'],
    [['case'], 'σας', 'σασ'],
    [['accents'], 'Ångström e\u0301', 'Angstrom e'],
    [['case', 'accents'], 'Straße Łódź', 'straße łodz'],
    [['case', 'accents'], 'İI', 'ii'],
    [['accents'], '한글', '한글'],
  ] as const)('without %o: %j → %j', (fold, key, folded) => {
    expect(folderOf(fold)(key)).toBe(folded);
    expect(folderOf(fold)(folded)).toBe(folded);
  });

  test('does not depend on the order of what it ignores, and may be a function', () => {
    const [one, other] = [folderOf(['accents', 'case']), folderOf(['case', 'accents', 'case'])];
    for (const key of ['É', 'ΆΣ ', 'ẞ']) expect(one(key)).toBe(other(key));
    expect(folderOf((key) => key.toLocaleLowerCase('tr'))('I')).toBe('ı');
  });
});
