/** Migrations as functions: `import { run } from 'waybill/run'`. They write nothing to the terminal and handle no signals. */

import type { Change } from '../engine/cutover/cutover.ts';
import { type CutoverOptions, cutOverRun, type RollbackOptions, rollBackRun } from '../operations/cutover.ts';
import { type PlanOptions, type PlanResult, planRun } from '../operations/plan.ts';
import { hooksOf, type ProgressEvent } from '../operations/progress-events.ts';
import {
  prepareRun,
  prepareValidation,
  type RunOptions,
  type RunOutcome,
  type ValidateOptions,
} from '../operations/run.ts';

export { type ErrorCode, exitCodes, WaybillError } from '../core/model/errors.ts';
export type { Report } from '../reports/model.ts';
export type {
  Change,
  CutoverOptions,
  PlanOptions,
  PlanResult,
  ProgressEvent,
  RollbackOptions,
  RunOptions,
  RunOutcome,
  ValidateOptions,
};

/** How the caller follows what it asked for. */
export interface ProgressOptions {
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** How the caller follows and stops a run. */
export interface StopOptions extends ProgressOptions {
  /** Stops the run at the end of the current part with the error 'stopped'. What is finished is kept: resume the run. */
  readonly signal?: AbortSignal | undefined;
}

const ignore = (): void => undefined;

/** Shows what a run would do. Its problems are part of the result. */
export function plan(options: PlanOptions): Promise<PlanResult> {
  return planRun(options);
}

/**
 * Migrates, validates and writes the report, as `waybill run` does. A verdict that is not pass is a result, not an error.
 * @throws WaybillError with its code: 'stopped', 'plan-refused', 'too-many-rejects', 'target-unnamed', …
 */
export async function run({ onProgress = ignore, signal, ...options }: RunOptions & StopOptions): Promise<RunOutcome> {
  return (await prepareRun(options))(hooksOf(onProgress, signal));
}

/** Compares what a run loaded with its source, both as they are now, and writes a new report. @throws as `run`. */
export async function validate({
  onProgress = ignore,
  signal,
  ...options
}: ValidateOptions & StopOptions): Promise<RunOutcome> {
  return (await prepareValidation(options))(hooksOf(onProgress, signal));
}

/** Makes the schema that a run was loaded into the live one. @throws WaybillError 'cutover-unproved', 'cutover-refused', … */
export function cutover({ onProgress = ignore, ...options }: CutoverOptions & ProgressOptions): Promise<Change> {
  return cutOverRun(options, { onOutput: (text) => onProgress({ kind: 'note', text }) });
}

/** Makes the schema from before a cutover live again, or removes the appended tenant. @throws WaybillError 'writes-would-be-lost', … */
export function rollback(options: RollbackOptions): Promise<Change> {
  return rollBackRun(options);
}
