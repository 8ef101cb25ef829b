import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execute, freshDatabase } from '../databases.ts';
import { benchTables } from '../tables.ts';
import { whyMissing } from '../tools.ts';
import type { Bench, Variant } from '../variant.ts';

const tables = fileURLToPath(new URL('../pipelines/schema/001.do.tables.sql', import.meta.url));

/** The floor from PostgreSQL to PostgreSQL: two psql and a pipe, in text format. */
export const psqlPipe: Variant = {
  name: 'psql-pipe',
  title: '`psql` piped into `psql`, COPY text, PostgreSQL → PostgreSQL (the floor)',
  does: 'pipes the rows that waybill-carried loads, one table after the other, into tables without keys or indexes; checks nothing',
  missing: async () => whyMissing('psql', 'Debian: postgresql-client'),
  prepare: async (bench) => {
    await freshDatabase(bench, 'piped');
    await execute(bench.targetUrl('piped'), [
      `create schema carried; set search_path = carried; ${await readFile(tables, 'utf8')}`,
    ]);
  },
  command: async (bench) => ({ program: 'bash', args: ['-o', 'pipefail', '-e', '-c', pipes(bench)] }),
  loaded: { database: 'piped', table: (source) => `carried.${source}` },
};

function pipes(bench: Bench): string {
  const psql = (database: string): string => `psql -X -q -v ON_ERROR_STOP=1 -d '${bench.targetUrl(database)}'`;
  const copy = (source: string): string =>
    `${psql('carried_source')} -c 'copy carried.${source} to stdout' | ${psql('piped')} -c 'copy carried.${source} from stdin'`;
  return benchTables.map(({ source }) => copy(source)).join('\n');
}
