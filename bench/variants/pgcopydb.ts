import path from 'node:path';
import { freshDatabase } from '../databases.ts';
import { whyMissing } from '../tools.ts';
import type { Variant } from '../variant.ts';

/** PostgreSQL to PostgreSQL with COPY on both sides. */
export const pgcopydb: Variant = {
  name: 'pgcopydb',
  title: 'pgcopydb clone, PostgreSQL → PostgreSQL',
  does: 'copies a PostgreSQL database that already holds the carried rows, schema and statistics with it, no keys or indexes; its source differs from all others',
  missing: async () => whyMissing('pgcopydb', 'Debian: pgcopydb') ?? whyMissing('pg_dump', 'Debian: postgresql-client'),
  prepare: (bench) => freshDatabase(bench, 'copied'),
  command: async (bench) => ({
    program: 'pgcopydb',
    args: [
      'clone',
      ...['--source', bench.targetUrl('plain'), '--target', bench.targetUrl('copied')],
      ...['--dir', path.join(bench.folder, 'pgcopydb'), '--restart', '--no-owner', '--skip-large-objects'],
    ],
  }),
  loaded: { database: 'copied', table: (source) => source },
};
