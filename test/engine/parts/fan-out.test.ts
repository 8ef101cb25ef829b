import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Consumer, fanOut } from '../../../engine/parts/fan-out.ts';

/** Rounds of values that share one object, and whether the rounds were closed. */
function rounds(count: number, consumers: number, failAt = Number.POSITIVE_INFINITY) {
  const value = { text: '' };
  const seen = { isClosed: false, made: [] as string[] };
  async function* all(): AsyncGenerator<(() => Promise<{ readonly text: string }>)[]> {
    try {
      for (let round = 1; round <= count; round++) {
        await turn();
        if (round === failAt) throw new Error('source');
        yield Array.from({ length: consumers }, (_, place) => async () => {
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

type Texts = Consumer<{ readonly text: string }>;

/** Keeps each value `turns` turns of the event loop after it came. Ends after `most` values. */
function consumer(into: string[], turns: number, most = Number.POSITIVE_INFINITY): Texts {
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
    if (after === 0) throw new Error('consumer');
    let taken = 0;
    for await (const _ of values) if (++taken === after) throw new Error('consumer');
  };

const expected = (count: number, place: number): string[] =>
  Array.from({ length: count }, (_, i) => `${i + 1} for ${place}`);

test.each([0, 1, 7])('consumers of different speed each get their value of all %i rounds', async (count) => {
  const { rounds: all, seen } = rounds(count, 3);
  const got: string[][] = [[], [], []];
  await fanOut(
    all,
    got.map((into, i) => consumer(into, 3 * (2 - i))),
  );
  expect(got).toEqual([0, 1, 2].map((place) => expected(count, place)));
  expect(seen.isClosed).toBe(true);
});

test('no value is made for a consumer that returned early, and the others get all of theirs', async () => {
  const { rounds: all, seen } = rounds(5, 4);
  const got: [string[], string[], string[]] = [[], [], []];
  const never: Texts = async () => undefined;
  await fanOut(all, [consumer(got[0], 0, 2), consumer(got[1], 2), consumer(got[2], 1, 4), never]);
  expect(got).toEqual([expected(2, 0), expected(5, 1), expected(4, 2)]);
  expect(seen.made).toHaveLength(2 + 5 + 4);
});

test('when all consumers have returned the rounds end', async () => {
  const { rounds: all, seen } = rounds(5, 2);
  await fanOut(all, [consumer([], 0, 2), consumer([], 1, 3)]);
  expect([seen.made.length, seen.isClosed]).toEqual([5, true]);
});

test.each([0, 1, 3])('a consumer that fails at value %i stops all, and its error is thrown', async (after) => {
  const { rounds: all, seen } = rounds(9, 3);
  const [before, behind]: [string[], string[]] = [[], []];
  const errors: unknown[] = [];
  const observed: Texts = (values) =>
    consumer(
      behind,
      5,
    )(values).catch((error: unknown) => {
      errors.push(error);
      throw error;
    });
  await expect(fanOut(all, [consumer(before, 0), failing(after), observed])).rejects.toThrow('consumer');
  expect([before.length, behind.length]).toEqual([Math.max(after, 1), Math.max(after - 1, 0)]);
  expect([seen.isClosed, errors]).toEqual([true, [new Error('consumer')]]);
});

test('a consumer that fails after its last value fails the whole', async () => {
  const late: Texts = async (values) => {
    await consumer([], 0)(values);
    await turn();
    throw new Error('late');
  };
  const got: string[] = [];
  await expect(fanOut(rounds(3, 2).rounds, [late, consumer(got, 0)])).rejects.toThrow('late');
  expect(got).toEqual(expected(3, 1));
});

test('rounds that fail stop all consumers', async () => {
  const got: string[] = [];
  await expect(fanOut(rounds(5, 2, 3).rounds, [consumer(got, 0), consumer([], 1)])).rejects.toThrow('source');
  expect(got).toEqual(expected(2, 0));
});

test('a value that cannot be computed stops all consumers', async () => {
  async function* one(): AsyncGenerator<(() => Promise<{ readonly text: string }>)[]> {
    yield [async () => ({ text: 'a' }), () => Promise.reject(new Error('value'))];
  }
  const got: string[] = [];
  await expect(fanOut(one(), [consumer(got, 0), consumer([], 0)])).rejects.toThrow('value');
  expect(got).toEqual(['a']);
});
