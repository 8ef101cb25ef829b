import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshDatabase } from '../databases.ts';
import { wholeDatabase } from '../dataset.ts';
import { benchTables } from '../tables.ts';
import { whyMissing } from '../tools.ts';
import type { Bench, Variant } from '../variant.ts';

interface Flavour {
  readonly name: string;
  readonly title: string;
  readonly does: string;
  readonly options: string;
  /** The database of the source, and so the schema of the target. Default: the three tables of `c01`. */
  readonly database?: string;
}

const tuning = 'workers = 4, concurrency = 1, prefetch rows = 10000, batch rows = 10000, batch size = 10 MB';

const flavours: readonly Flavour[] = [
  {
    name: 'pgloader',
    title: 'pgloader, default',
    does: 'creates the tables, carries every column, builds the primary keys and the other indexes; checks nothing',
    options: 'create indexes, reset no sequences, no foreign keys',
  },
  {
    name: 'pgloader-tuned',
    title: 'pgloader, tuned',
    does: `the same with ${tuning}`,
    options: `create indexes, reset no sequences, no foreign keys, ${tuning}`,
  },
  {
    name: 'pgloader-no-indexes',
    title: 'pgloader, default, no indexes',
    does: 'as the default, but without primary keys and indexes',
    options: 'create no indexes, reset no sequences, no foreign keys',
  },
  {
    name: 'pgloader-whole',
    title: 'pgloader, tuned, a whole database',
    does: 'the same tuning on a database of these tables alone, with sequences and foreign keys',
    options: `create indexes, reset sequences, foreign keys, ${tuning}`,
    database: wholeDatabase,
  },
];

/** pgloader with its defaults, with the best of six tunings, and without the keys and indexes that it builds after the data. */
export const pgloader: readonly Variant[] = flavours.map(({ options, database = 'c01', ...flavour }) => ({
  ...flavour,
  missing: async () => whyMissing('pgloader', 'Debian: pgloader'),
  prepare: (bench) => freshDatabase(bench, 'pgloader'),
  command: async (bench) => {
    const file = path.join(bench.folder, `${flavour.name}.load`);
    await writeFile(file, commandFile(bench, database, options));
    return { program: 'pgloader', args: ['--root-dir', path.join(bench.folder, 'pgloader'), file] };
  },
  loaded: { database: 'pgloader', table: (source) => `${database}.${source}` },
}));

/** Without the date casts, pgloader would load no rows of a table that has a zero date. */
function commandFile(bench: Bench, database: string, options: string): string {
  const toNull = 'drop default drop not null using zero-dates-to-null';
  return `LOAD DATABASE FROM ${new URL(`/${database}`, bench.sourceUrl)} INTO ${pgloaderUrl(bench)}
WITH include drop, create tables, ${options}
CAST type date ${toNull},
     type datetime to timestamp ${toNull},
     type timestamp to timestamp ${toNull},
     type int to integer drop typemod
INCLUDING ONLY TABLE NAMES MATCHING ${benchTables.map(({ source }) => `'${source}'`).join(', ')};
`;
}

/** pgloader accepts only the long name of the scheme. */
function pgloaderUrl(bench: Bench): string {
  return bench.targetUrl('pgloader').replace(/^postgres:/, 'postgresql:');
}
