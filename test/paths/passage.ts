import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import type { FastPath } from '../../core/mapping/plan/fast-path.ts';
import { sumOfDigests } from '../../core/model/digests.ts';
import type { EncodedRows } from '../../core/model/encoded.ts';
import type { RowRecord } from '../../core/model/records.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Check } from '../../core/validation/check.ts';
import { readRecords } from '../../engine/journal/row-records.ts';
import type { StageName } from '../../engine/progress.ts';
import { type RunOptions, type RunResult, runPipeline } from '../../engine/stages/run.ts';
import { exportRun, importRun, transformRun, validateRun } from '../../engine/stages/stage-runs.ts';
import { engineOptions } from '../../operations/engine-options.ts';
import { validators } from '../../validators/index.ts';
import { allOf, noProgress } from '../engine/memory/shop-runs.ts';

/** A path from source to target, as flags of `waybill run`. */
export interface Way {
  readonly name: string;
  readonly jobs?: number;
  readonly reference?: boolean;
  readonly staged?: boolean;
  /** Staged, with one command per stage. */
  readonly stages?: boolean;
  readonly gzip?: boolean;
  readonly partRows?: number;
}

/** The result of a run, in a form that does not depend on its path. */
export interface Passage {
  /** The checks that had something to look at and did not pass. */
  readonly doubts: readonly Check[];
  readonly ledger: Readonly<Record<string, Account>>;
  /** Records as sorted JSON without run and part. Refused rows have no row text, because it differs in a staged run. */
  readonly records: readonly string[];
  /** Stage → rows that kernels made or that were forwarded. */
  readonly fastRows: Readonly<Partial<Record<StageName, number>>>;
  /** Stage → rows that were forwarded. */
  readonly forwarded: number;
  /** Path → SHA-256 of each part file of a staged run. */
  readonly files: Readonly<Record<string, string>>;
}

/** The sum over the parts of a mapping. */
export interface Account
  extends Pick<LedgerEntry, 'read' | 'loaded' | 'rejected' | 'filtered' | 'adjusted' | 'digest'> {}

interface Ends {
  readonly pipeline: Pipeline;
  readonly source: readonly string[];
  readonly target: string;
}

/** Runs a pipeline in this process with the connectors, kernels and validators of the command line. */
export async function pass({ pipeline, source, target }: Ends, way: Way): Promise<Passage> {
  const runs = await mkdtemp(join(tmpdir(), 'waybill-paths-'));
  const given = { source: [...source], target, runsDir: runs, run: way.name, maxRejects: 1_000_000 };
  const options = await engineOptions(pipeline, { pipeline: pipeline.name, ...given, ...way });
  const fastRows: Partial<Record<StageName, number>> = {};
  let stage: StageName = 'load';
  let forwarded = 0;
  const onFastRows = (rows: number): void => {
    fastRows[stage] = (fastRows[stage] ?? 0) + rows;
  };
  const onForwarded = (rows: number): void => {
    forwarded += rows;
    onFastRows(rows);
  };
  const runAll = way.stages ? runStages : runPipeline;
  const doubts: Check[] = [];
  const enter = (name: StageName): void => {
    stage = name;
  };
  try {
    const { folder } = await runAll({
      ...options,
      fastPath: options.fastPath && countingFastPath(options.fastPath, onFastRows),
      openSource: async () => countingForwarded(await options.openSource(), onForwarded),
      progress: { ...noProgress, stage: enter },
      mode: way.staged ? 'staged' : 'direct',
      isDryRun: false,
      targetSchema: way.name,
      validators,
      writeReport: async ({ checks }) => {
        doubts.push(...checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable'));
      },
    });
    const { ledger, names } = await talliesOf(await options.openTarget(way.name), way.name);
    const records = await Promise.all(names.map((name) => allOf(readRecords(join(folder, 'records'), name))));
    const files = await partFilesIn(folder);
    return { doubts, ledger, records: records.flat().map(recordText).sort(), fastRows, forwarded, files };
  } finally {
    await rm(runs, { recursive: true });
  }
}

async function runStages(options: RunOptions): Promise<RunResult> {
  await exportRun(options);
  await transformRun(options);
  await importRun(options, options.targetSchema);
  return validateRun(options);
}

async function partFilesIn(folder: string): Promise<Record<string, string>> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => /^(?:ex|trans).*\/\d+\.jsonl/.test(path));
  const hashes = paths.sort().map(async (path) => {
    return [
      path,
      createHash('sha256')
        .update(await readFile(join(folder, path)))
        .digest('hex'),
    ];
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** Wraps a fast path and reports the rows that it makes. */
function countingFastPath(fastPath: FastPath, onRows: (rows: number) => void): FastPath {
  return (task) => {
    const fast = fastPath(task);
    if (fast === null) return null;
    return (batch) => {
      const fastRows = fast(batch);
      return (from, to, out) => {
        const next = fastRows(from, to, out);
        onRows(next - from);
        return next;
      };
    };
  };
}

/** Wraps a source and reports the rows that it sends in the format of the target. */
function countingForwarded(source: Source, onRows: (rows: number) => void): Source {
  const encoded: NonNullable<Source['encoded']> = (...asked) => {
    const batches = source.encoded?.(...asked);
    return batches ? count(batches) : null;
  };
  async function* count(batches: AsyncIterable<EncodedRows>): AsyncGenerator<EncodedRows> {
    for await (const rows of batches) {
      onRows(rows.count);
      yield rows;
    }
  }
  return new Proxy(source, {
    get(_, name) {
      if (name === 'encoded') return encoded;
      const value: unknown = Reflect.get(source, name, source);
      return typeof value === 'function' ? value.bind(source) : value;
    },
  });
}

async function talliesOf(
  target: Awaited<ReturnType<Awaited<ReturnType<typeof engineOptions>>['openTarget']>>,
  run: string,
): Promise<{ ledger: Record<string, Account>; names: string[] }> {
  const entries = await target.ledger(run).finally(() => target.close());
  const names = [...new Set(entries.map(({ mapping }) => mapping))];
  return { names, ledger: Object.fromEntries(names.map((name) => [name, tallyOf(entries, name)])) };
}

function tallyOf(entries: readonly LedgerEntry[], name: string): Account {
  const own = entries.filter(({ mapping }) => mapping === name);
  const sum = (field: Exclude<keyof Account, 'digest'>): number => own.reduce((total, each) => total + each[field], 0);
  return {
    read: sum('read'),
    loaded: sum('loaded'),
    rejected: sum('rejected'),
    filtered: sum('filtered'),
    adjusted: sum('adjusted'),
    digest: sumOfDigests(own.map(({ digest }) => digest)),
  };
}

function recordText({ run: _run, part: _part, ...record }: RowRecord): string {
  const isRefused = record.kind === 'reject' && record.stage === 'load';
  return JSON.stringify(isRefused ? { ...record, key: '', row: '' } : record);
}
