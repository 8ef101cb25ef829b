import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { execute, freshDatabase } from '../databases.ts';
import { plainTables } from '../plain-tables.ts';
import { benchTables } from '../tables.ts';
import { whyMissing } from '../tools.ts';
import type { Bench, Variant } from '../variant.ts';

/** The floor of a text load: it reads nothing from the source. */
export const psqlCopy: Variant = {
  name: 'psql-copy',
  title: '`psql \\copy` of ready text files (the floor)',
  does: 'reads prepared files, one table after the other, into tables without keys or indexes; reads no source, converts nothing',
  missing: async () => whyMissing('psql', 'Debian: postgresql-client'),
  prepare: async (bench) => {
    await freshDatabase(bench, 'floor');
    await execute(bench.targetUrl('floor'), await plainTables(bench.sourceUrl));
  },
  command: async (bench) => ({ program: 'psql', args: copyArgs(bench, 'floor', 'from') }),
  loaded: { database: 'floor', table: (source) => source },
};

/** Writes the text files from a database that is already loaded. */
export async function writeTextFiles(bench: Bench, database: string): Promise<void> {
  await promisify(execFile)('psql', copyArgs(bench, database, 'to'));
}

function copyArgs(bench: Bench, database: string, direction: 'from' | 'to'): string[] {
  const file = (table: string) => path.join(bench.folder, `${table}.copy`);
  const copies = benchTables.flatMap(({ source }) => ['-c', `\\copy ${source} ${direction} '${file(source)}'`]);
  return ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', bench.targetUrl(database), ...copies];
}
