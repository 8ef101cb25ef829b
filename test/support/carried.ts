import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { connectorFor } from '../../connectors/registry.ts';
import type { Mapping } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carry } from '../../core/mapping/rules.ts';
import type { SchemaContract, TableSchema } from '../../core/model/schema.ts';
import type { Check } from '../../core/validation/check.ts';
import type { RunFacts } from '../../engine/stages/report.ts';
import { type RunOptions, type RunResult, runPipeline } from '../../engine/stages/run.ts';
import { validateRun } from '../../engine/stages/stage-runs.ts';
import { engineOptions } from '../../operations/engine-options.ts';
import { validators } from '../../validators/index.ts';
import { noProgress } from '../engine/memory/shop-runs.ts';
import { createPgDatabase } from './databases.ts';
import { onPostgres } from './live-databases.ts';

/** The schema that is loaded into. */
export const targetSchema = 'loaded';

/** A migration that carries every column of a source under its own name. */
export interface CarriedSpec {
  /** URL of the source; its tables are those of `schema`. */
  readonly source: string;
  readonly dialect: 'mysql' | 'postgres';
  /** The source's schema in the database. Default: `public`. */
  readonly schema?: string;
  /** The target's DDL, one text a version. Rows are loaded into the first. */
  readonly ddl: readonly string[];
  /** An ordinary role that loads the target and owns it. Default: the server's superuser. */
  readonly owner?: string;
  /** Changes the pipeline that carries everything. */
  readonly change?: (pipeline: Pipeline) => Pipeline;
}

/** A migration that can be run, with its target. */
export interface Carried {
  readonly pipeline: Pipeline;
  readonly runs: string;
  /** URL of the target's database. */
  readonly target: string;
  /** Runs SQL in the target, in the loaded schema. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** Options of a run of this id, with the source's URL unless another is given. */
  options(run: string, source?: string): Promise<RunOptions & { readonly run: string }>;
  run(run?: string, source?: string): Promise<Outcome>;
  validate(run?: string): Promise<Outcome>;
}

/** The result of a run or a validation. */
export interface Outcome extends RunResult {
  readonly facts: RunFacts;
  /** The checks of one validator. */
  of(validator: string): readonly Check[];
}

/** Makes the migration. Everything is removed after the test. */
export async function carried(spec: CarriedSpec): Promise<Carried> {
  const database = await createPgDatabase();
  const runs = await mkdtemp(join(tmpdir(), 'waybill-carried-'));
  onTestFinished(async () => {
    await database.drop();
    await rm(runs, { recursive: true });
  });
  const pipeline = await pipelineOf(spec, database.url, runs);
  if (spec.owner !== undefined) await grantCreate(database.url, spec.owner);
  const options: Carried['options'] = async (run, source = spec.source) => {
    const flag = source.startsWith('mysql') ? `c01=${source}` : `${source}?schema=${spec.schema ?? 'public'}`;
    const given = { source: [source.startsWith('jsonl') ? source : flag] };
    const args = { pipeline: pipeline.name, target: targetOf(spec, database.url), runsDir: runs, run, ...given };
    return {
      ...(await engineOptions(pipeline, args)),
      run,
      progress: noProgress,
      mode: 'direct',
      isDryRun: false,
      targetSchema,
      validators,
      writeReport: async () => undefined,
    };
  };
  return {
    pipeline,
    runs,
    target: database.url,
    query: (sql) => onPostgres(database.url, `set search_path to ${targetSchema}, public`, sql),
    options,
    run: async (run = 'r1', source = spec.source) => outcomeOf(await options(run, source), runPipeline),
    validate: async (run = 'r1') => outcomeOf(await options(run), validateRun),
  };
}

/** Runs and keeps what the report would say. */
export async function outcomeOf<O extends RunOptions>(
  options: O,
  run: (options: O) => Promise<RunResult>,
): Promise<Outcome> {
  let facts: RunFacts | null = null;
  const writeReport: RunOptions['writeReport'] = async (found) => {
    facts = found;
  };
  const result = await run({ ...options, writeReport });
  const known = facts as unknown as RunFacts;
  return { ...result, facts: known, of: (name) => known.checks.filter(({ check }) => check === name) };
}

async function pipelineOf(spec: CarriedSpec, target: string, folder: string): Promise<Pipeline> {
  const logical = spec.dialect === 'mysql' ? 'c01' : (spec.schema ?? 'public');
  const tables = await sourceTables(spec, logical);
  const migrations = await writeMigrations(spec.ddl, folder);
  const contract = await targetContract(spec, target);
  const pipeline: Pipeline = {
    name: 'carried',
    title: 'carried',
    source: { dialect: spec.dialect, contract: { [logical]: contractOf(tables) } },
    target: {
      ...{ schema: targetSchema, contract, migrations, loadVersion: 1, finalVersion: spec.ddl.length },
      unmapped: Object.fromEntries(Object.keys(contract).map((name) => [name, 'no source'])),
    },
    mappings: tables.filter(({ name }) => Object.hasOwn(contract, bare(name))).map(mappingOf),
    relations: [],
    params: {},
    tenantParam: null,
    seed: () => ({}),
  };
  return spec.change?.(pipeline) ?? pipeline;
}

function targetOf({ owner }: CarriedSpec, url: string): string {
  const target = new URL(url);
  if (owner !== undefined) target.username = owner;
  return target.href;
}

async function grantCreate(url: string, role: string): Promise<void> {
  const database = new URL(url).pathname.slice(1);
  await onPostgres(url, `grant create on database "${database}" to ${role}`);
}

async function sourceTables({ source, dialect }: CarriedSpec, logical: string): Promise<readonly TableSchema[]> {
  const connector = await connectorFor(`${dialect}:`);
  const live = dialect === 'mysql' ? (connector.schemaOf(source) as string) : logical;
  const opened = await connector.openSource(source, { schemas: { [logical]: live } });
  return opened.inspector.tables([logical]).finally(() => opened.close());
}

async function writeMigrations(ddl: readonly string[], folder: string): Promise<string> {
  const directory = await mkdtemp(join(folder, 'ddl-'));
  for (const [i, text] of ddl.entries()) {
    await writeFile(join(directory, `00${i + 1}.do.version.sql`), text);
    await writeFile(join(directory, `00${i + 1}.undo.version.sql`), 'select 1');
  }
  return directory;
}

/** The tables that the first version of the DDL makes. */
async function targetContract({ ddl }: CarriedSpec, target: string): Promise<SchemaContract> {
  const connector = await connectorFor('postgres:');
  const client = new pg.Client({ connectionString: target });
  await client.connect();
  try {
    await client.query(`create schema described; set search_path to described, public; ${ddl[0]}`);
    const opened = await connector.openTarget?.(target, { schema: 'described', settings: {} });
    const tables = (await opened?.inspector.tables([''])) ?? [];
    await opened?.close();
    await client.query('drop schema described cascade');
    return contractOf(tables);
  } finally {
    await client.end();
  }
}

function contractOf(tables: readonly TableSchema[]): SchemaContract {
  const text = ({ type, nullable, hasDefault }: TableSchema['columns'][number]): string =>
    `${type.native}${nullable ? '' : ' not null'}${hasDefault ? ' default' : ''}`;
  return Object.fromEntries(
    tables.map(({ name, key, unique, columns }) => [
      bare(name),
      { key, unique, columns: Object.fromEntries(columns.map((column) => [column.name, text(column)])) },
    ]),
  );
}

function mappingOf({ name, columns }: TableSchema): Mapping {
  const rules = columns.map((column) => [column.name, carry(column.name)]);
  return { from: name, to: bare(name), scope: 'shared', columns: Object.fromEntries(rules), drops: {} };
}

function bare(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
