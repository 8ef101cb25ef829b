/** Tasks that begin when they are called; a source that makes them lazily is pulled only when one can begin. */
type Source<T> = AsyncIterable<T> | Iterable<T>;

/**
 * Does the work on all items, up to `jobs` at a time, and yields the results in the order of the items. An item is pulled
 * when its work can begin. Results that a slow consumer has not taken wait in memory, so items must be few or results small. After an error, or when the consumer stops, no further work begins and the work under way is
 * waited for. Then the first error is thrown.
 *
 * p-limit 7.3.3 was tried. It queues a whole list up front and rejects while other tasks are still under way, but parts are
 * cut lazily and a rollback must not overtake a task.
 */
export async function* mapParallel<T, R>(
  items: Source<T>,
  jobs: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const results = new Map<number, R>();
  const errors: unknown[] = [];
  let isStopped = false;
  let isOver = false;
  let begun = 0;
  let wake = (): void => undefined;
  const worker = async (): Promise<void> => {
    while (!isStopped) {
      const next = await iterator.next();
      if (next.done === true || isStopped) return;
      const place = begun++;
      results.set(place, await work(next.value));
      wake();
    }
  };
  const fail = (error: unknown): void => {
    errors.push(error);
    isStopped = true;
  };
  const workers = Array.from({ length: jobs }, () => worker().catch(fail));
  const over = Promise.all(workers).then(() => {
    isOver = true;
    wake();
  });
  try {
    for (let place = 0; ; place++) {
      while (!results.has(place) && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (!results.has(place)) break;
      yield results.get(place) as R;
      results.delete(place);
    }
  } finally {
    isStopped = true;
    await over;
    await iterator.return?.();
  }
  if (errors.length > 0) throw errors[0];
}

/** Runs tasks as `mapParallel` does and returns all results. */
export async function runParallel<T>(tasks: Source<() => Promise<T>>, jobs: number): Promise<T[]> {
  const results: T[] = [];
  for await (const result of mapParallel(tasks, jobs, (task) => task())) results.push(result);
  return results;
}

/** Returns both answers. If one fails, throws its error after the other has ended. */
export async function bothOf<A, B>(first: Promise<A>, second: Promise<B>): Promise<readonly [A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
