/**
 * Does tasks as they come, up to `jobs` at a time, and gives their results in the order of the tasks. After the first
 * error no further task is begun; those under way are waited for, and then it is thrown.
 */
export async function runParallel<T>(
  tasks: AsyncIterable<() => Promise<T>> | Iterable<() => Promise<T>>,
  jobs: number,
): Promise<T[]> {
  const results: T[] = [];
  const errors: unknown[] = [];
  const iterator = Symbol.asyncIterator in tasks ? tasks[Symbol.asyncIterator]() : tasks[Symbol.iterator]();
  let next = 0;
  const work = async (): Promise<void> => {
    while (errors.length === 0) {
      const task = await iterator.next();
      if (task.done === true) return;
      const place = next++;
      results[place] = await task.value();
    }
  };
  const worker = (): Promise<void> => work().catch((error: unknown) => void errors.push(error));
  await Promise.all(Array.from({ length: jobs }, worker));
  await iterator.return?.();
  if (errors.length > 0) throw errors[0];
  return results;
}
