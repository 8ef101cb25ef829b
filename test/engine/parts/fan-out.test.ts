import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { deal, type Taker } from '../../../engine/parts/fan-out.ts';

/** Rounds of values that all lie in one object, and whether they were closed. */
function rounds(count: number, takers: number, failAt = Number.POSITIVE_INFINITY) {
  const value = { text: '' };
  const seen = { isClosed: false, made: [] as string[] };
  async function* all(): AsyncGenerator<(() => Promise<{ readonly text: string }>)[]> {
    try {
      for (let round = 1; round <= count; round++) {
        await turn();
        if (round === failAt) throw new Error('source');
        yield Array.from({ length: takers }, (_, place) => async () => {
          value.text = `${round} for ${place}`;
          seen.made.push(value.text);
          return value;
        });
        value.text = 'gone';
      }
    } finally {
      seen.isClosed = true;
    }
  }
  return { rounds: all(), seen };
}

type Texts = Taker<{ readonly text: string }>;

/** Keeps what it was given, each looked at `turns` turns of the event loop after it came; ends after `most`. */
function taker(into: string[], turns: number, most = Number.POSITIVE_INFINITY): Texts {
  return async (values) => {
    for await (const value of values) {
      for (let i = 0; i < turns; i++) await turn();
      into.push(value.text);
      if (into.length === most) return;
    }
  };
}

const failing =
  (after: number): Texts =>
  async (values) => {
    if (after === 0) throw new Error('taker');
    let taken = 0;
    for await (const _ of values) if (++taken === after) throw new Error('taker');
  };

const dealt = (count: number, place: number): string[] =>
  Array.from({ length: count }, (_, i) => `${i + 1} for ${place}`);

test.each([0, 1, 7])('takers of different pace each get their value of all %i rounds', async (count) => {
  const { rounds: all, seen } = rounds(count, 3);
  const got: string[][] = [[], [], []];
  await deal(
    all,
    got.map((into, i) => taker(into, 3 * (2 - i))),
  );
  expect(got).toEqual([0, 1, 2].map((place) => dealt(count, place)));
  expect(seen.isClosed).toBe(true);
});

test('no value is made for one that returned early, and the others get all of theirs', async () => {
  const { rounds: all, seen } = rounds(5, 4);
  const got: [string[], string[], string[]] = [[], [], []];
  const never: Texts = async () => undefined;
  await deal(all, [taker(got[0], 0, 2), taker(got[1], 2), taker(got[2], 1, 4), never]);
  expect(got).toEqual([dealt(2, 0), dealt(5, 1), dealt(4, 2)]);
  expect(seen.made).toHaveLength(2 + 5 + 4);
});

test('when all have returned the rounds are ended', async () => {
  const { rounds: all, seen } = rounds(5, 2);
  await deal(all, [taker([], 0, 2), taker([], 1, 3)]);
  expect([seen.made.length, seen.isClosed]).toEqual([5, true]);
});

test.each([0, 1, 3])('one that fails at value %i ends it for all, and its error is the one told', async (after) => {
  const { rounds: all, seen } = rounds(9, 3);
  const [before, behind]: [string[], string[]] = [[], []];
  const telling: unknown[] = [];
  const told: Texts = (values) =>
    taker(
      behind,
      5,
    )(values).catch((error: unknown) => {
      telling.push(error);
      throw error;
    });
  await expect(deal(all, [taker(before, 0), failing(after), told])).rejects.toThrow('taker');
  expect([before.length, behind.length]).toEqual([Math.max(after, 1), Math.max(after - 1, 0)]);
  expect([seen.isClosed, telling]).toEqual([true, [new Error('taker')]]);
});

test('one that fails once it has all values fails the whole', async () => {
  const late: Texts = async (values) => {
    await taker([], 0)(values);
    await turn();
    throw new Error('late');
  };
  const got: string[] = [];
  await expect(deal(rounds(3, 2).rounds, [late, taker(got, 0)])).rejects.toThrow('late');
  expect(got).toEqual(dealt(3, 1));
});

test('rounds that fail do so for all', async () => {
  const got: string[] = [];
  await expect(deal(rounds(5, 2, 3).rounds, [taker(got, 0), taker([], 1)])).rejects.toThrow('source');
  expect(got).toEqual(dealt(2, 0));
});

test('a value that cannot be made ends it for all', async () => {
  async function* one(): AsyncGenerator<(() => Promise<{ readonly text: string }>)[]> {
    yield [async () => ({ text: 'a' }), () => Promise.reject(new Error('value'))];
  }
  const got: string[] = [];
  await expect(deal(one(), [taker(got, 0), taker([], 0)])).rejects.toThrow('value');
  expect(got).toEqual(['a']);
});
