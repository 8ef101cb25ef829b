/** Questions under way at the same time: enough that neither database waits for the other's answer. */
const WIDTH = 4;

/**
 * Does the work on all items, some at a time, and gives the results in the order of the items. Who stops early waits for
 * what is under way: nothing goes on behind.
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

/** Both answers; when one fails, only after the other has ended as well. */
export async function bothOf<A, B>(first: Promise<A>, second: Promise<B>): Promise<readonly [A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
