import { expect, test } from 'vitest';
import { runParallel } from '../../core/parallel.ts';

/** A task that ends when it is told to. */
function task(begun: number[], name: number): { run: () => Promise<number>; end: (error?: Error) => void } {
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve(name) : reject(error));
  });
  const run = (): Promise<number> => {
    begun.push(name);
    return ended;
  };
  return { run, end: (error) => end(error) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('as many tasks as there are jobs are under way, and the results are in the order of the tasks', async () => {
  const begun: number[] = [];
  const tasks = [0, 1, 2].map((name) => task(begun, name));
  const results = runParallel(
    tasks.map(({ run }) => run),
    2,
  );
  await turn();
  expect(begun).toEqual([0, 1]);
  tasks[1]?.end();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  tasks[2]?.end();
  tasks[0]?.end();
  expect(await results).toEqual([0, 1, 2]);
});

test('after an error no further task is begun, and those under way are waited for', async () => {
  const begun: number[] = [];
  const tasks = [0, 1, 2].map((name) => task(begun, name));
  let isOver = false;
  const results = runParallel(
    tasks.map(({ run }) => run),
    2,
  ).finally(() => {
    isOver = true;
  });
  results.catch(() => undefined);
  await turn();
  tasks[0]?.end(new Error('no'));
  await turn();
  expect([begun, isOver]).toEqual([[0, 1], false]);
  tasks[1]?.end();
  await expect(results).rejects.toThrow('no');
  expect(begun).toEqual([0, 1]);
});
