import { expect, test } from 'vitest';
import { bothOf, mapParallel, runParallel } from '../../core/parallel.ts';

/** A task that the test ends. */
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

test('runs as many tasks at a time as there are jobs and returns the results in task order', async () => {
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

test('after an error no further task starts, and the error is thrown once the running tasks have ended', async () => {
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

test('yields results in item order, each as soon as it and all before it are available', async () => {
  const begun: number[] = [];
  const tasks = [0, 1, 2].map((name) => task(begun, name));
  const results = mapParallel(tasks, 3, ({ run }) => run());
  const first = results.next();
  await turn();
  tasks[1]?.end();
  tasks[0]?.end();
  expect([await first, await results.next()].map(({ value }) => value)).toEqual([0, 1]);
  tasks[2]?.end();
  expect([await results.next(), await results.next()].map(({ done }) => done)).toEqual([false, true]);
});

test('pulls an item only when its work can start', async () => {
  let pulled = 0;
  const items = async function* (): AsyncGenerator<number> {
    for (; pulled < 100; ) yield pulled++;
  };
  const begun: number[] = [];
  const tasks = Array.from({ length: 100 }, (_, name) => task(begun, name));
  const results = mapParallel(items(), 2, (name) => (tasks[name] as (typeof tasks)[number]).run());
  const first = results.next();
  await turn();
  expect(pulled).toBe(2);
  for (const { end } of tasks) end();
  expect((await first).value).toBe(0);
  await results.return();
});

test('a consumer that stops early waits for the running work, and no more starts', async () => {
  const begun: number[] = [];
  const tasks = [0, 1, 2, 3].map((name) => task(begun, name));
  const results = mapParallel(tasks, 2, ({ run }) => run());
  const first = results.next();
  await turn();
  tasks[0]?.end();
  await first;
  await turn();
  let isOver = false;
  const stopped = results.return().then(() => {
    isOver = true;
  });
  await turn();
  tasks[1]?.end();
  await turn();
  expect([begun, isOver]).toEqual([[0, 1, 2], false]);
  tasks[2]?.end();
  await stopped;
  expect(begun).toEqual([0, 1, 2]);
});

test('both answers: an error is thrown only after the other question has ended', async () => {
  const begun: number[] = [];
  const [failing, slow] = [task(begun, 0), task(begun, 1)];
  let isOver = false;
  const both = bothOf(failing.run(), slow.run()).finally(() => {
    isOver = true;
  });
  both.catch(() => undefined);
  failing.end(new Error('no'));
  await turn();
  expect(isOver).toBe(false);
  slow.end();
  await expect(both).rejects.toThrow('no');
});
