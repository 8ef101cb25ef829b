import { runParallel } from '../../core/parallel.ts';
import type { EngineOptions } from '../options.ts';
import { throwIfStopped } from '../options.ts';

/** The parts of one table. Each begins when it is called. */
export type PartTasks<T> = AsyncGenerator<() => Promise<T>, void, undefined>;

/**
 * Runs the parts of a stage table by table, up to `jobs` at a time. Stops between parts when the caller asks for it. Reports
 * the beginning and the end of each table.
 * @returns the results in the order of the parts.
 */
export async function runTables<Table extends { readonly name: string }, T>(
  options: EngineOptions,
  tables: Iterable<Table>,
  partsOf: (table: Table) => PartTasks<T>,
): Promise<T[]> {
  const tasks = async function* (): PartTasks<T> {
    for (const table of tables) {
      options.progress.begin(table.name);
      let open = 1; // counts the cutting of the table, then each part
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
