/** Concurrent queries: enough that neither database waits for the other. */
const WIDTH = 4;

/**
 * Does the work on all items, some at a time, and yields the results in the order of the items. A caller that stops early
 * waits for the work in progress.
 */
export async function* mapConcurrent<T, R>(
  items: Iterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const underWay: Promise<R>[] = [];
  try {
    for (const item of items) {
      underWay.push(work(item));
      if (underWay.length >= WIDTH) yield await (underWay.shift() as Promise<R>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<R>);
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** Awaits both results. If one fails, it throws only after the other has ended too. */
export async function bothOf<A, B>(first: Promise<A>, second: Promise<B>): Promise<readonly [A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
