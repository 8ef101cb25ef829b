import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateDetail, dateOf, mayBecomeNull, momentOfDate, momentOfUtc } from '../../../../core/mapping/convert/date.ts';
import { Adjusted } from '../../../../core/model/value.ts';

const zero = new Adjusted(null, 'zero-date');
const sentinel = new Adjusted(null, 'sentinel-date');

describe('a date', () => {
  test.each([
    '0000-00-00',
    '0000-00-00 00:00:00',
    '0000-00-00 00:00:00.000000',
    '2020-00-00',
    '2020-00-15',
    '2020-06-00',
    '2020-06-00 12:00:00',
    '0000-06-15',
  ])('%s is how MySQL writes "none": null, recorded', (text) => expect(dateOf()(text)).toEqual(zero));

  test.each([
    '2020-06-15',
    '2000-10-10',
    '0009-12-04',
    '0001-01-01',
    '1582-10-10',
    '1900-01-01',
    '2004-02-29 00:00:00',
    '9999-12-31 23:59:59.999999',
    '2020-03-29 02:30:00+00',
    '10000-01-01',
    '10000-00-01',
    '294276-12-31 23:59:59.999999',
    '0001-01-01 BC',
    '4713-01-01 BC',
    '0044-03-15 00:00:00 BC',
    'infinity',
    '-infinity',
  ])('%s is carried', (text) => expect(dateOf()(text)).toBe(text));

  test('of any day of the years 1 to 9999 is carried, with and without a time', () => {
    const days = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const [date = '', time = ''] = day.toISOString().replace('Z', '').split('T');
        expect(dateOf()(date)).toBe(date);
        expect(dateOf({ sentinels: ['0000-01-01'] })(`${date} ${time}`)).toBe(`${date} ${time}`);
      }),
    );
  });
});

describe('a sentinel', () => {
  const convert = dateOf({ sentinels: ['1900-01-01', '9999-12-31'] });

  test.each(['1900-01-01', '1900-01-01 00:00:00', '1900-01-01 08:30:00', '9999-12-31 23:59:59+00'])(
    '%s means "not known", whatever its time: null, recorded',
    (text) => expect(convert(text)).toEqual(sentinel),
  );

  test.each(['1900-01-02', '1899-12-31', '1900-01-01 BC', '1900-01-01 00:00:00 BC', '11900-01-01', '19000-01-01'])(
    '%s is another date and is carried',
    (text) => expect(convert(text)).toBe(text),
  );

  test('does not hide a zero date', () => expect(convert('0000-00-00')).toEqual(zero));
});

test.each([
  ['2024-03-31 02:30:00', '2024-03-31 02:30:00+00'],
  ['2024-10-27 01:30:00.123456', '2024-10-27 01:30:00.123456+00'],
  ['0044-03-15 12:00:00 BC', '0044-03-15 12:00:00+00 BC'],
  ['infinity', 'infinity'],
  ['-infinity', '-infinity'],
])('the timestamp %s in UTC is %s', (from, to) => {
  expect(momentOfUtc(from)).toBe(to);
});

describe('a zero date with a declared value', () => {
  test.each([
    ['date', '0000-00-00', '1970-01-01'],
    ['date', '2020-00-15', '1970-01-01'],
    ['timestamp', '0000-00-00 00:00:00', '1970-01-01 00:00:00'],
    ['timestamp', '2020-06-00 12:00:00.5', '1970-01-01 00:00:00'],
    ['timestamptz', '0000-00-00 00:00:00+00', '1970-01-01 00:00:00+00'],
  ] as const)('of a %s, %s, is that value, recorded', (kind, from, to) => {
    expect(dateOf({ zero: '1970-01-01' }, kind)(from)).toEqual(new Adjusted(to, 'zero-date'));
  });

  test('never becomes null, and a sentinel does', () => {
    const convert = dateOf({ zero: '1970-01-01', sentinels: ['1900-01-01'] });
    expect(convert('1970-01-01')).toBe('1970-01-01');
    expect(convert('1900-01-01')).toEqual(sentinel);
    expect(mayBecomeNull({})).toBe(true);
    expect(mayBecomeNull({ zero: '1970-01-01' })).toBe(false);
    expect(mayBecomeNull({ zero: '1970-01-01', sentinels: [] })).toBe(true);
  });

  test('is part of the lineage', () => {
    expect(dateDetail({ zero: '1970-01-01', sentinels: ['1900-01-01'] })).toEqual({
      detail: 'sentinels 1900-01-01; zero dates become 1970-01-01',
    });
    expect(dateDetail({})).toEqual({});
  });
});

test.each([
  ['2020-02-29', '2020-02-29 00:00:00+00'],
  ['0044-03-15 BC', '0044-03-15 00:00:00+00 BC'],
  ['-infinity', '-infinity'],
])('a date of %s begins in UTC at %s', (from, to) => expect(momentOfDate(from)).toBe(to));
