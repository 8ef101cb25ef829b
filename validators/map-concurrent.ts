import { mapParallel } from '../core/parallel.ts';

/** Questions under way at the same time: enough that neither database waits for the other's answer. */
const WIDTH = 4;

/** Does the work on all items, some at a time, and yields the results in the order of the items. */
export function mapConcurrent<T, R>(
  items: Iterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  return mapParallel(items, WIDTH, work);
}
