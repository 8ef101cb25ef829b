import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { jsonl } from '../../../connectors/files/connector.ts';
import { createDirectoryWriter } from '../../../connectors/files/exported/directory-writer.ts';
import type { Mapping } from '../../../core/mapping/mapping.ts';
import type { Pipeline } from '../../../core/mapping/pipeline.ts';
import type { RowRecord } from '../../../core/model/records.ts';
import { type SchemaContract, tablesOfContract } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import type { LedgerEntry, Refusal } from '../../../core/ports/ledger.ts';
import { readRecords } from '../../../engine/journal/row-records.ts';
import type { Progress } from '../../../engine/progress.ts';
import type { RunFacts } from '../../../engine/stages/report.ts';
import { type RunOptions, type RunResult, runPipeline } from '../../../engine/stages/run.ts';
import { accounting } from '../../../validators/accounting.ts';
import { checksums } from '../../../validators/checksums.ts';
import { counts } from '../../../validators/counts.ts';
import { type MemoryDatabase, memorySource, parseMemoryType } from '../../validators/memory.ts';
import { customer, order, shopMappings, shopSource, shopTarget } from '../../validators/shop.ts';
import { MemoryServer } from './memory-server.ts';

/** Source rows by table, in key order. */
export interface ShopRows {
  readonly customer?: readonly Row[];
  readonly order?: readonly Row[];
  readonly log?: readonly Row[];
}

/** The legacy shop, a target server, a folder for the runs, and the faults of a test. */
export interface ShopRuns {
  readonly source: MemoryDatabase;
  readonly server: MemoryServer;
  readonly runsPath: string;
  /** Called before each batch of three rows is read from the source. May throw. */
  failSource: () => void;
  /** The facts of the last report. */
  report: RunFacts | null;
  options(over?: Partial<RunOptions>): RunOptions;
  /** Default options: run `r1`, direct, one part per table, no rejects allowed. */
  run(over?: Partial<RunOptions>): Promise<RunResult>;
  resume(over?: Partial<RunOptions>): Promise<RunResult>;
  ledger(run?: string): readonly LedgerEntry[];
  records(mapping: string, run?: string): Promise<RowRecord[]>;
}

/** Ignores all progress. */
export const noProgress: Progress = {
  stage: () => undefined,
  begin: () => undefined,
  rows: () => undefined,
  records: () => undefined,
  end: () => undefined,
  check: () => undefined,
  note: () => undefined,
};

export const customers = 'c01.customer > customers';
export const orders = 'c01.order > orders';
export const logs = 'c01.log > logs';

/** Makes a shop with these rows. The other tables are empty. */
export async function shopRuns(rows: ShopRows, mappings: readonly Mapping[] = shopMappings()): Promise<ShopRuns> {
  const runsPath = await mkdtemp(join(tmpdir(), 'waybill-runs-'));
  onTestFinished(() => rm(runsPath, { recursive: true, force: true }));
  const source = databaseOf(shopSource, rows);
  const server = new MemoryServer(tablesOfContract('', shopTarget, parseMemoryType));
  const shop: ShopRuns = {
    source,
    server,
    runsPath,
    failSource: () => undefined,
    report: null,
    options: (over = {}) => ({ ...defaultOptions(shop, shopPipeline(mappings)), ...over }),
    run: (over) => runPipeline(shop.options(over)),
    resume: (over) => runPipeline(shop.options({ ...over, resume: true })),
    ledger: (run = 'r1') => server.entries(run),
    records: (mapping, run = 'r1') => allOf(readRecords(join(runsPath, run, 'records'), mapping)),
  };
  return shop;
}

/** Makes a shop of `count` customers, each with an order and a log line, all of them valid. */
export function plainRows(count: number): Required<ShopRows> {
  const keys = Array.from({ length: count }, (_, i) => i + 1);
  return {
    customer: keys.map((key) => customer(key)),
    order: keys.map((key) => order(100 + key, key)),
    log: keys.map((key) => [`line ${Math.ceil(key / 2)}`]),
  };
}

/** Refuses the rows of a table whose first value, in the order of the mapping, is among these. */
export function refusing(table: string, ...firsts: readonly string[]): (table: string, row: Row) => Refusal | null {
  const refusal = { sqlstate: '23514', constraint: `${table}_check`, column: null };
  return (of, [first]) => (of === table && firsts.includes(first as string) ? refusal : null);
}

/** All rows of the target, by table. */
export function targetRows(shop: ShopRuns, schema = 'shop'): Record<string, string[]> {
  return Object.fromEntries(Object.keys(shopTarget).map((table) => [table, shop.server.lines(table, schema)]));
}

/** Paths of all files and folders under a folder, relative to it. */
export async function pathsUnder(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function databaseOf(contract: SchemaContract, rows: ShopRows): MemoryDatabase {
  return new Map(
    tablesOfContract('c01', contract, parseMemoryType).map((schema) => {
      const own = rows[schema.name.replace('c01.', '') as keyof ShopRows] ?? [];
      return [schema.name, { schema, rows: own.map((row) => [...row]) }];
    }),
  );
}

/** The shop's pipeline with these mappings. */
export function shopPipeline(mappings: readonly Mapping[]): Pipeline {
  return {
    name: 'shop',
    title: 'A small shop',
    source: { dialect: 'memory', contract: { c01: shopSource } },
    target: {
      schema: 'shop',
      contract: shopTarget,
      migrations: 'nowhere',
      loadVersion: 1,
      finalVersion: 2,
      unmapped: {},
    },
    mappings,
    relations: [],
    params: { tenant: { default: 'c01', describe: 'The company' } },
    tenantParam: 'tenant',
    seed: () => ({}),
  };
}

function defaultOptions(shop: ShopRuns, pipeline: Pipeline): RunOptions {
  return {
    pipeline,
    params: { tenant: 'c01' },
    types: { source: parseMemoryType, target: parseMemoryType },
    version: '0.0.0',
    runsPath: shop.runsPath,
    run: 'r1',
    resume: false,
    tables: [],
    maxRejects: 0,
    jobs: 1,
    partRows: 1000,
    checkRows: false,
    fastPath: null,
    progress: noProgress,
    now: () => new Date(),
    openSource: async () => memorySource(shop.source, () => shop.failSource()),
    openTarget: async (schema) => shop.server.target(schema),
    createDirectory: (path) => createDirectoryWriter(path, { gzip: false }),
    openDirectory: (path) => jsonl.openSource(`jsonl:${path}`, { schemas: {} }),
    mode: 'direct',
    isDryRun: false,
    targetSchema: 'shop',
    validators: [accounting, counts, checksums],
    writeReport: async (facts) => {
      shop.report = facts;
    },
  };
}
