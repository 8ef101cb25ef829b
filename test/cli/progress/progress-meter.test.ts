import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type StageMeter, stageMeter } from '../../../cli/progress/progress-meter.ts';
import type { Expected } from '../../../engine/progress.ts';

/** Returns a meter with a clock that is set in seconds. */
function metered(expected: readonly Expected[]): { meter: StageMeter; at(seconds: number): void } {
  let ms = 5_000;
  const meter = stageMeter(expected, () => ms);
  return {
    meter,
    at: (seconds) => {
      ms = 5_000 + seconds * 1000;
    },
  };
}

/** Reports 100 rows of 50 bytes each second up to `until`. */
function steady({ meter, at }: ReturnType<typeof metered>, table: string, from: number, until: number): void {
  for (let second = from + 1; second <= until; second++) {
    at(second);
    meter.rows(table, 100, 5_000);
  }
}

test('rates are averages of the last ten seconds', () => {
  const clock = metered([{ table: 'a', rows: 10_000 }]);
  steady(clock, 'a', 0, 60);
  expect(clock.meter.whole()).toMatchObject({ rows: 6_000, bytes: 300_000, rowsPerSecond: 100, bytesPerSecond: 5_000 });
  clock.at(65);
  expect(clock.meter.whole().rowsPerSecond).toBe(50);
  clock.at(71);
  expect(clock.meter.whole()).toMatchObject({ rowsPerSecond: 0, bytesPerSecond: 0, secondsLeft: null, seconds: 71 });
  clock.meter.rows('a', 1_000, 0);
  expect(clock.meter.whole().rowsPerSecond).toBe(100);
});

test('rates in the first ten seconds are averages since the start, over at least 250 ms', () => {
  const clock = metered([]);
  clock.meter.rows('a', 1_000_000, 0);
  expect(clock.meter.whole().rowsPerSecond).toBe(4_000_000);
  clock.at(4);
  expect(clock.meter.whole().rowsPerSecond).toBe(250_000);
});

test('time left is the remaining rows at the current rate, per table and in total', () => {
  const clock = metered([
    { table: 'a', rows: 2_000 },
    { table: 'b', rows: 500 },
  ]);
  clock.meter.begin('a');
  steady(clock, 'a', 0, 10);
  expect(clock.meter.underWay()).toMatchObject([{ table: 'a', expected: 2_000, secondsLeft: 10 }]);
  expect(clock.meter.whole()).toMatchObject({ expected: 2_500, secondsLeft: 15 });
});

test('time left is unknown in the first three seconds, and before one percent is done', () => {
  const clock = metered([{ table: 'a', rows: 100_000 }]);
  clock.at(2);
  clock.meter.rows('a', 5_000, 0);
  expect(clock.meter.whole().secondsLeft).toBeNull();
  clock.at(5);
  expect(clock.meter.whole().secondsLeft).toBe(95);
  const slow = metered([{ table: 'a', rows: 100_000 }]);
  slow.at(5);
  slow.meter.rows('a', 999, 0);
  expect(slow.meter.whole().secondsLeft).toBeNull();
  slow.meter.rows('a', 1, 0);
  expect(slow.meter.whole().secondsLeft).toBe(495);
});

test('a stage counts the tables that are done', () => {
  const clock = metered([
    { table: 'a', rows: null },
    { table: 'b', rows: null },
  ]);
  expect(clock.meter.whole()).toMatchObject({ tables: 2, tablesDone: 0 });
  clock.meter.begin('b');
  clock.meter.end('b');
  expect(clock.meter.whole()).toMatchObject({ tables: 2, tablesDone: 1 });
});

test('tables in progress at the same time have separate rates, each since its start', () => {
  const clock = metered([
    { table: 'a', rows: 1_000 },
    { table: 'b', rows: 1_000 },
    { table: 'c', rows: 1_000 },
  ]);
  clock.meter.begin('b');
  clock.at(2);
  clock.meter.begin('a');
  clock.at(6);
  clock.meter.rows('a', 100, 0);
  clock.meter.rows('b', 100, 0);
  expect(clock.meter.underWay()).toMatchObject([
    { table: 'a', rowsPerSecond: 25, secondsLeft: 36, seconds: 4 },
    { table: 'b', rowsPerSecond: 100 / 6, seconds: 6 },
  ]);
  expect(clock.meter.whole().rowsPerSecond).toBe(200 / 6);
  expect(clock.meter.end('a')).toMatchObject({ table: 'a', rows: 100, seconds: 4 });
  expect(clock.meter.underWay().map(({ table }) => table)).toEqual(['b']);
});

test('a finished table counts with its actual rows, whether more or less was expected', () => {
  const clock = metered([
    { table: 'a', rows: 1_000 },
    { table: 'b', rows: 10 },
    { table: 'c', rows: 200 },
  ]);
  clock.meter.rows('a', 300, 0);
  clock.meter.end('a');
  expect(clock.meter.whole()).toMatchObject({ rows: 300, expected: 510 });
  clock.meter.rows('b', 50, 0);
  expect(clock.meter.underWay()).toMatchObject([{ table: 'b', expected: null, secondsLeft: null }]);
  expect(clock.meter.whole()).toMatchObject({ rows: 350, expected: 550 });
  clock.meter.end('b');
  expect(clock.meter.whole()).toMatchObject({ rows: 350, expected: 550 });
});

test('time left is unknown while an unfinished table has no estimate', () => {
  const clock = metered([
    { table: 'a', rows: 100 },
    { table: 'b', rows: null },
  ]);
  clock.at(4);
  clock.meter.rows('a', 50, 0);
  clock.meter.rows('b', 50, 0);
  expect(clock.meter.whole()).toMatchObject({ expected: null, secondsLeft: null });
  clock.meter.end('b');
  expect(clock.meter.whole()).toMatchObject({ rows: 100, expected: 150, secondsLeft: 2 });
});

test('a stage without expected rows never shows an expected total, not even between two validators', () => {
  const { meter } = metered([]);
  meter.rows('counts', 1, 0);
  expect(meter.whole().expected).toBeNull();
  meter.end('counts');
  expect(meter.whole().expected).toBeNull();
});

test('whatever the estimates, the finished share never shrinks, never exceeds the total, and ends at the total', () => {
  const tables = fc.array(fc.record({ estimate: fc.nat(50), real: fc.array(fc.nat(20), { maxLength: 6 }) }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(tables, (all) => {
      const { meter } = metered(all.map(({ estimate }, i) => ({ table: `t${i}`, rows: estimate })));
      let before = 0;
      const look = (): void => {
        const { rows, expected } = meter.whole();
        const share = expected === 0 ? 0 : rows / (expected as number);
        expect(share).toBeGreaterThanOrEqual(before);
        expect(share).toBeLessThanOrEqual(1);
        before = share;
      };
      for (const [i, { real }] of all.entries()) {
        for (const count of real) {
          meter.rows(`t${i}`, count, 0);
          look();
        }
        meter.end(`t${i}`);
        look();
      }
      expect(meter.whole().expected).toBe(meter.whole().rows);
    }),
  );
});
