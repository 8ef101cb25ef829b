import { runParallel } from '../../core/parallel.ts';
import type { EngineOptions } from '../options.ts';
import { throwIfStopped } from '../options.ts';

/** The parts of one table, each begun when it is called. */
export type PartTasks<T> = AsyncGenerator<() => Promise<T>, void, undefined>;

/**
 * The part loop of a stage: the parts of one table after the other, up to `jobs` under way at a time, with a stop between two
 * of them when one is asked for. Tells the beginning and the end of every table.
 * @returns what the parts came to, in their order.
 */
export async function runTables<Table extends { readonly name: string }, T>(
  options: EngineOptions,
  tables: Iterable<Table>,
  partsOf: (table: Table) => PartTasks<T>,
): Promise<T[]> {
  const tasks = async function* (): PartTasks<T> {
    for (const table of tables) {
      options.progress.begin(table.name);
      let open = 1; // the cutting of its parts, then each part
      const close = (): void => {
        if (--open === 0) options.progress.end(table.name);
      };
      for await (const part of partsOf(table)) {
        throwIfStopped(options);
        open++;
        yield async () => {
          const result = await part();
          close();
          return result;
        };
      }
      close();
    }
  };
  return runParallel(tasks(), options.jobs);
}
