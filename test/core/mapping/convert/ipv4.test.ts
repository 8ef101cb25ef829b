import { isIPv4 } from 'node:net';
import { expect, test } from 'vitest';
import { ipv4Of } from '../../../../core/mapping/convert/address.ts';
import { Rejected } from '../../../../core/model/value.ts';

test.each(['0.0.0.0', '10.0.0.1', '255.255.255.255', '192.168.1.100'])('%s is an address', (text) => {
  expect(ipv4Of(text)).toBe(text);
});

test('blanks around an address are removed', () => {
  expect(ipv4Of(' 10.0.0.1\t')).toBe('10.0.0.1');
});

test.each([
  ...['', '10.0.0', '10.0.0.0.1', '10.0.0.256', '10.0.0.01', '10.0.0.-1', '10.0.0.1e0', '10..0.1', 'fe80::1', '1'],
  ...['10.0.0.1/24', '10.0.0.1, 10.0.0.2', '１0.0.0.1', '0x0a.0.0.1', '+1.0.0.0'],
])('%j is not an address', (text) => {
  expect(ipv4Of(text)).toEqual(new Rejected('not-ipv4'));
});

test('agrees with Node for any text of digits and dots', () => {
  let seed = 1;
  const next = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % n;
  };
  const seen = { yes: 0, no: 0 };
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: 3 + next(3) }, () => String(next(10) < 8 ? next(300) : `0${next(30)}`)).join('.');
    expect([text, ipv4Of(text) === text]).toEqual([text, isIPv4(text)]);
    seen[isIPv4(text) ? 'yes' : 'no']++;
  }
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(500);
});
