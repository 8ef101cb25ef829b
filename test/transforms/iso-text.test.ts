import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RuleContext } from '../../core/mapping/mapping.ts';
import { type Converted, Rejected } from '../../core/model/value.ts';
import { isoText } from '../../transforms/marketplace/iso-text.ts';

/** Applies the rule to one value; it does not use its context. */
function isoOf(value: string): Converted {
  const { how } = isoText('createdAt').compile({} as RuleContext);
  return how.kind === 'row' ? how.convert([value]) : null;
}

test.each([
  ['2024-02-29 23:59:59.999', '2024-02-29T23:59:59.999Z'],
  ['2024-01-15 12:00:00', '2024-01-15T12:00:00.000Z'],
  ['2024-01-15 12:00:00.5', '2024-01-15T12:00:00.500Z'],
  ['0001-01-01 00:00:00', '0001-01-01T00:00:00.000Z'],
])('%s becomes %s', (value, iso) => expect(isoOf(value)).toBe(iso));

test.each(['infinity', '-infinity', '0044-03-15 12:00:00 BC', '10000-01-01 00:00:00', '2024-01-15 12:00:00.1234'])(
  '%s has no such form',
  (value) => expect(isoOf(value)).toEqual(new Rejected('no-iso-form')),
);

test('every time from year 1 to 9999 is written as JavaScript prints it, and the texts sort as the times do', () => {
  const times = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  const postgresText = (time: Date): string =>
    time
      .toISOString()
      .replace('T', ' ')
      .replace(/\.?0*Z$/, '');
  fc.assert(
    fc.property(times, times, (a, b) => {
      const [x, y] = [isoOf(postgresText(a)) as string, isoOf(postgresText(b)) as string];
      expect(x).toBe(a.toISOString());
      expect(x < y).toBe(a < b);
    }),
  );
});
