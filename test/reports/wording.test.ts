import { expect, test } from 'vitest';
import { visible } from '../../core/visible-text.ts';
import { share } from '../../reports/html/page/elements.ts';
import { duration, grouped, secondsBetween } from '../../reports/wording.ts';

test('numbers have separators, negative ones too', () => {
  expect([0, 999, 1_000, 1_234_567, -123_456, -999].map(grouped)).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
    '-123,456',
    '-999',
  ]);
});

test('durations name only the units that they have', () => {
  expect([0, 59, 60, 3_600, 3_725].map(duration)).toEqual(['under 1 s', '59 s', '1 min', '1 h', '1 h 2 min 5 s']);
});

test('a clock that is set back gives no negative time', () => {
  expect(secondsBetween('2026-03-01T06:15:01Z', '2026-03-01T06:15:00Z')).toBe(0);
});

test('a share never rounds to all or to nothing', () => {
  expect([share(1, 1_000_000), share(999_999, 1_000_000), share(5, 5), share(0, 5), share(0, 0)]).toEqual([
    'under 0.01 %',
    'over 99.99 %',
    '100 %',
    '0 %',
    '100 %',
  ]);
});

test('visible text stays unchanged', () => {
  expect(visible('Größe=“x” 😀')).toBe('Größe=“x” 😀');
});
