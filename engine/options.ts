import type { KeyObject } from 'node:crypto';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { FastPath } from '../core/mapping/plan/fast-path.ts';
import type { TypeReaders } from '../core/mapping/plan/plan.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { RunCommand } from '../core/model/run-command.ts';
import type { DirectoryWriter } from '../core/ports/directory.ts';
import type { Source } from '../core/ports/source.ts';
import type { Target } from '../core/ports/target.ts';
import { shellQuote } from '../core/shell-quote.ts';
import type { Progress } from './progress.ts';

/** Everything that a command passes to the engine. The command line connects real databases, tests connect memory ones. */
export interface EngineOptions {
  readonly pipeline: Pipeline;
  /** As in the manifest. */
  readonly module?: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly types: TypeReaders;
  readonly version: string;
  /** Directory of the run folders, `.waybill/runs`. */
  readonly runsPath: string;
  /** The run's id; generated from the time when absent. */
  readonly run?: string;
  /** Resume `run` from its ledger. */
  readonly resume: boolean;
  /** Source tables to include, by full name or by name without a schema; empty means all. */
  readonly tables: readonly string[];
  /** Limits on rejected rows, per run or per table. A number is a limit in rows for the run; [] leaves a resumed run its own limits. */
  readonly maxRejects: number | readonly RejectLimit[];
  /** Number of parts processed in parallel. */
  readonly jobs: number;
  /** Rows per part. */
  readonly partRows: number;
  /** Whether every source row is checked against the contract before it is mapped. */
  readonly checkRows: boolean;
  /** Whether an object of the source that nothing is declared of refuses the plan. Default: it is a warning. */
  readonly isStrict?: boolean;
  /** null: every row takes the reference path. */
  readonly fastPath: FastPath | null;
  readonly progress: Progress;
  /** The command that the engine works for, which the run records. */
  readonly by?: RunCommand;
  /** Ed25519 key that signs the head of the event log when a command ends. */
  readonly signKey?: KeyObject | null;
  /** Called with the run's id once its folder exists. */
  readonly onRun?: (run: string) => void;
  /** Called between parts, stages and checks. If it returns true, the run stops there and can be resumed. */
  readonly shouldStop?: () => boolean;
  now(): Date;
  openSource(): Promise<Source>;
  /** Opens the target schema and sets the tenant in the session. */
  openTarget(schema: string): Promise<Target>;
  createDirectory(path: string): Promise<DirectoryWriter>;
  openDirectory(path: string): Promise<Source>;
}

/** A limit on rejected rows. */
export interface RejectLimit {
  /** The limited table; null for the whole run. */
  readonly table: string | null;
  /** Rows, or percent of the rows read. */
  readonly max: number;
  readonly isPercent: boolean;
}

/**
 * Stops the run here if its caller asked for that. Called between parts, stages and checks, where finished parts are committed
 * and in the ledger, so the run can be resumed.
 * @throws WaybillError 'stopped'.
 */
export function throwIfStopped(options: Pick<EngineOptions, 'shouldStop'>): void {
  if (options.shouldStop?.() !== true) return;
  throw new WaybillError('stopped', 'Stopped. Finished parts are kept.', {
    hint: 'Resume the run with --resume.',
  });
}

/** The limits that the options give; empty where they give none. */
export function limitsOf({ maxRejects }: Pick<EngineOptions, 'maxRejects'>): RejectLimit[] {
  return typeof maxRejects === 'number' ? [{ table: null, max: maxRejects, isPercent: false }] : [...maxRejects];
}

/** The pipeline as a command names it: one that is not shipped with waybill is found by its path only. */
export function pipelineArgument({ module, pipeline }: Pick<EngineOptions, 'module' | 'pipeline'>): string {
  return shellQuote(module ?? pipeline.name);
}
