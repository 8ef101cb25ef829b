import { fileURLToPath } from 'node:url';
import { execute, freshDatabase } from '../databases.ts';
import { plainTables } from '../plain-tables.ts';
import type { Bench, Command, Variant } from '../variant.ts';

/** A simple script, as a first attempt would be. */
export const naiveNode: Variant = {
  name: 'naive-node',
  title: 'Node, objects + JSON.stringify + a write per row',
  does: 'reads rows as objects, writes a COPY line for each, zero dates as NULL, into tables without keys or indexes; checks nothing',
  missing: async () => undefined,
  prepare: (bench) => prepareNaive(bench, 'naive'),
  command: async (bench) => naiveCommand(bench, 'naive'),
  loaded: { database: 'naive', table: (source) => source },
};

/** Creates a database with empty tables of the source's shape. */
export async function prepareNaive(bench: Bench, database: string): Promise<void> {
  await freshDatabase(bench, database);
  await execute(bench.targetUrl(database), await plainTables(bench.sourceUrl));
}

/** Runs the script as a child process; its time includes some tenths of a second for tsx. */
export function naiveCommand(bench: Bench, database: string): Command {
  const script = fileURLToPath(new URL('../naive-copy.ts', import.meta.url));
  const tsx = import.meta.resolve('tsx');
  return { program: process.execPath, args: ['--import', tsx, script, bench.sourceUrl, bench.targetUrl(database)] };
}
