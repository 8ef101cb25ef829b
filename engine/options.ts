import type { KeyObject } from 'node:crypto';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { FastPath } from '../core/mapping/plan/fast-path.ts';
import type { TypeReaders } from '../core/mapping/plan/plan.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { DirectoryWriter } from '../core/ports/directory.ts';
import type { Source } from '../core/ports/source.ts';
import type { Target } from '../core/ports/target.ts';
import type { Progress } from './progress.ts';

/** All that a command gives the engine; the command line wires the ports, tests wire memory ones. */
export interface EngineOptions {
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  readonly types: TypeReaders;
  readonly version: string;
  /** Where run folders lie, `.waybill/runs`. */
  readonly runsPath: string;
  /** The run's id; made from the time when absent. */
  readonly run?: string;
  /** Go on with `run` from its ledger. */
  readonly resume: boolean;
  /** Source tables to take part, by name or bare name; empty means all. */
  readonly tables: readonly string[];
  /** Rows that may be rejected, per run or table; a number is of rows, for the run. */
  readonly maxRejects: number | readonly RejectLimit[];
  /** Parts under way at the same time. */
  readonly jobs: number;
  /** Rows per part. */
  readonly partRows: number;
  /** Check every source row against the contract before it is mapped. */
  readonly checkRows: boolean;
  /** null: every row goes the reference way. */
  readonly fastPath: FastPath | null;
  readonly progress: Progress;
  /** Ed25519; signs the head of the event log when a command has ended. */
  readonly signKey?: KeyObject | null;
  /** Told the run's id once it has its folder. */
  readonly onRun?: (run: string) => void;
  /** Asked between parts, stages and checks: true stops the run there, resumable. */
  readonly shouldStop?: () => boolean;
  now(): Date;
  openSource(): Promise<Source>;
  /** Opens the target schema, with the tenant set in the session. */
  openTarget(schema: string): Promise<Target>;
  createDirectory(path: string): Promise<DirectoryWriter>;
  openDirectory(path: string): Promise<Source>;
}
/** How many rows may be rejected, of a table or (null) of the run. */

export interface RejectLimit {
  readonly table: string | null;
  /** Rows, or percent of the rows read. */
  readonly max: number;
  readonly isPercent: boolean;
}

/**
 * Ends the run here if its caller asked for it. Called between parts, stages and checks: finished parts are committed and in
 * the ledger, so the run can be resumed.
 * @throws WaybillError 'stopped'.
 */
export function throwIfStopped(options: Pick<EngineOptions, 'shouldStop'>): void {
  if (options.shouldStop?.() !== true) return;
  throw new WaybillError('stopped', 'Stopped. Finished parts are kept.', {
    hint: 'Resume whenever it suits; nothing is lost.',
  });
}
