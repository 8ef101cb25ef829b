import { expect, test } from 'vitest';
import { wildcardMap } from '../../../../core/mapping/convert/wildcard.ts';

const systems = wildcardMap({ 'Windows Server*': 'windows', '*linux*': 'linux', 'a*b*c': 'abc', exact: 'same' });

test.each([
  ['Windows Server 2019', 'windows'],
  [' windows server ', 'windows'],
  ['WINDOWS SERVER', 'windows'],
  ['Red Hat Linux 8', 'linux'],
  ['linux', 'linux'],
  ['abc', 'abc'],
  ['aXbYc', 'abc'],
  ['abcbc', 'abc'],
  ['EXACT', 'same'],
])('%j is mapped to %s', (text, to) => {
  expect(systems(text)).toBe(to);
});

test.each(['Windows 10', 'ab', 'ac', 'acb', 'exactly', '', 'AIX 7.2', ' AIX '])('%j is carried unchanged', (text) => {
  expect(systems(text)).toBe(text);
});

test('the first matching pattern applies, and a star matches the rest', () => {
  const map = wildcardMap({ 'a*': 'first', 'ab*': 'second', '*': 'other' });
  expect(['ab', 'b', ''].map((text) => map(text))).toEqual(['first', 'other', 'other']);
});

test('regular expression characters in a pattern are literal', () => {
  const map = wildcardMap({ 'c++ (x.y)*': 'yes' });
  expect(['C++ (x.y) 7', 'c++ (xzy)'].map((text) => map(text))).toEqual(['yes', 'c++ (xzy)']);
});

test('one star never matches the same characters twice', () => {
  expect(wildcardMap({ 'ab*ba': 'x' })('aba')).toBe('aba');
  expect(wildcardMap({ 'ab*ba': 'x' })('abba')).toBe('x');
});

test('agrees with a regular expression for any pattern and text over a few letters', () => {
  const words = ['', 'a', 'b', 'ab', 'ba', 'aab', 'abab', 'bbaa', 'abba', 'aabbaabb'];
  const patterns = ['a*', '*a', '*a*', 'a*b', '*ab*', 'a*a*b', '*a*b*', '*', '**', 'ab'];
  for (const pattern of patterns) {
    const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
    for (const word of words) {
      expect([pattern, word, wildcardMap({ [pattern]: 'x' })(word) === 'x']).toEqual([
        pattern,
        word,
        expression.test(word),
      ]);
    }
  }
});

test('many stars do not take long', () => {
  const started = performance.now();
  wildcardMap({ [`${'*a'.repeat(200)}*b`]: 'x' })('a'.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(1000);
});
