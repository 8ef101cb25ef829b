import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../../engine/journal/manifest.ts';
import { freshDatabase } from '../databases.ts';
import { wholeDatabase } from '../dataset.ts';
import { benchTables } from '../tables.ts';
import type { Bench, Command, Variant } from '../variant.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const cli = path.join(dist, 'cli/main.js');

/** Everything was loaded and validated, or everything that a run of some tables allows. */
const accepted = [0, 6];

const always =
  'checks source and target against their contracts, writes ledger and digests in the transaction of each part, analyzes; validation (counts, checksums, aggregates and the rest) is measured apart';
const mapped = `maps the real columns (uuids, references, money, a record of every adjusted value) into tables with primary keys and check constraints; ${always}; other indexes and foreign keys are not built, since only some tables take part, and the run says so (exit 6)`;

interface Flavour {
  readonly name: string;
  readonly title: string;
  readonly does: string;
  readonly pipeline: string;
  readonly schema: string;
  readonly flags: readonly string[];
  /** The database to read instead of the source server. */
  readonly from?: string;
}

const carriedMysql = path.join(dist, 'bench/pipelines/carried-mysql.js');
const carriedPostgres = path.join(dist, 'bench/pipelines/carried-postgres.js');
const someTables = ['--tables', ...benchTables.map(({ source }) => `c01.${source}`)];

const flavours: readonly Flavour[] = [
  {
    name: 'waybill-carried',
    title: '**waybill run**, columns carried as they are',
    does: `carries every column, zero dates as NULL with a record of each, into tables with primary keys, then builds the other indexes; ${always}`,
    pipeline: carriedMysql,
    schema: 'carried',
    flags: [],
  },
  {
    name: 'waybill',
    title: '**waybill run aries**',
    does: mapped,
    pipeline: 'aries',
    schema: 'aries',
    flags: someTables,
  },
  {
    name: 'waybill-carried-staged',
    title: '**waybill run --staged --gzip**, columns carried as they are',
    does: 'the same as when they are carried, and keeps source rows and target rows as JSON Lines, both compressed, on disk',
    pipeline: carriedMysql,
    schema: 'carried',
    flags: ['--staged', '--gzip'],
  },
  {
    name: 'waybill-staged',
    title: '**waybill run aries --staged --gzip**',
    does: 'maps them so, and keeps source rows and target rows as JSON Lines, both compressed, on disk',
    pipeline: 'aries',
    schema: 'aries',
    flags: [...someTables, '--staged', '--gzip'],
  },
  {
    name: 'waybill-postgres',
    title: '**waybill run**, PostgreSQL → PostgreSQL, carried',
    does: `reads what waybill-carried loads, and loads it into another schema the same way; ${always}`,
    pipeline: carriedPostgres,
    schema: 'carried',
    flags: [],
    from: 'carried_source',
  },
];

/** waybill itself, the built program, as a user runs it. */
export const waybill: readonly Variant[] = flavours.map((flavour) => ({
  ...flavour,
  missing: async () => whyNotBuilt(),
  prepare: prepareRun,
  command: async (bench) => waybillCommand(bench, flavour, 'waybill_bench'),
  loaded: { database: 'waybill_bench', table: (source) => `${flavour.schema}.${tableName(flavour, source)}` },
  stageSeconds,
}));

/** `waybill copy`: nothing but two URLs. */
export const waybillCopy: Variant = {
  name: 'waybill-copy',
  title: '**waybill copy**, a whole database',
  does: `reads a database of these tables alone, decides the types, makes tables, keys, indexes and identities, loads, goes on from the source's next values; ${always}`,
  missing: async () => whyNotBuilt(),
  prepare: prepareRun,
  command: async (bench) => {
    const urls = [new URL(`/${wholeDatabase}`, bench.sourceUrl).href, bench.targetUrl('waybill_bench')];
    return { program: process.execPath, args: [cli, 'copy', ...urls, '--runs-dir', runsDir(bench)] };
  },
  loaded: { database: 'waybill_bench', table: (source) => `${wholeDatabase}_next.${source}` },
  stageSeconds: async (bench, output) => {
    const [, profile] = /^profile .* ([\d.]+) s$/m.exec(output) ?? [];
    return { ...(await stageSeconds(bench)), profile: Number(profile) };
  },
};

/** Fills the database that the PostgreSQL → PostgreSQL variants read. */
export function carriedCommand(bench: Bench): Command {
  return waybillCommand(bench, flavours[0] as Flavour, 'carried_source');
}

function whyNotBuilt(): string | undefined {
  return existsSync(cli) ? undefined : 'dist/ is not built (npm run build)';
}

async function prepareRun(bench: Bench): Promise<void> {
  await rm(runsDir(bench), { recursive: true, force: true });
  await freshDatabase(bench, 'waybill_bench');
}

function waybillCommand(bench: Bench, { pipeline, schema, flags, from }: Flavour, database: string): Command {
  const source = from === undefined ? bench.sourceUrl : bench.targetUrl(from);
  const servers = ['--source', source, '--target', bench.targetUrl(database), '--target-database', database];
  const args = [
    cli,
    'run',
    pipeline,
    ...servers,
    '--target-schema',
    schema,
    '--runs-dir',
    runsDir(bench),
    '--quiet',
    ...flags,
  ];
  return { program: process.execPath, args, accepted };
}

function tableName({ pipeline }: Flavour, source: string): string {
  return pipeline === 'aries' ? (benchTables.find((table) => table.source === source)?.mapped ?? source) : source;
}

function runsDir(bench: Bench): string {
  return path.join(bench.folder, 'runs');
}

/** Reads the stage times from the manifest of the run; `prepare` emptied the runs folder, so there is only one run. */
async function stageSeconds(bench: Bench): Promise<Readonly<Record<string, number>>> {
  const [run = ''] = await readdir(runsDir(bench));
  const { stages } = await readManifest(path.join(runsDir(bench), run), run);
  return Object.fromEntries(stages.map(({ stage, seconds }) => [stage, seconds]));
}
