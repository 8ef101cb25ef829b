import { expect, test } from 'vitest';
import { visible, visibleLines } from '../../core/visible-text.ts';

test.each([
  ['id=1', 'id=1'],
  ['Müller, 名前 😀', 'Müller, 名前 😀'],
  ['a\u001b[2Jb', 'a\\u{1b}[2Jb'],
  ['a\nb\r\tc\u0000', 'a\\u{a}b\\u{d}\\u{9}c\\u{0}'],
  ['\u009b31m\u007f', '\\u{9b}31m\\u{7f}'],
  ['a\u202eb\u2066c\u2028d', 'a\\u{202e}b\\u{2066}c\\u{2028}d'],
])('%j is shown as %j', (text, shown) => expect(visible(text)).toBe(shown));

test('text of several lines keeps its line feeds', () => {
  expect(visibleLines('one\u001b\ntwo')).toBe('one\\u{1b}\ntwo');
});
