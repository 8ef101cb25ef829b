import process from 'node:process';
import { WaybillError } from '../core/model/errors.ts';
import type { OnStep } from '../core/ports/cutover.ts';

/**
 * Every place where a fault test can stop a run, in the order in which a run reaches them. Each is just before or after
 * something that must survive (a rename, a commit, a stage). `test/faults` kills a run at each of them and fails if one has no
 * test.
 */
export const runFailpoints = [
  'run-begun', // the run folder and its manifest exist, nothing else
  'version-committed', // one version of the DDL is applied, the next is not
  'target-prepared', // tables of the load version, seeds and the run's record exist
  'parts-cut', // only this process knows how a table is cut into parts
  'parts-kept', // the manifest knows it too
  'file-flushed', // a file of the run folder is complete under its partial name
  'file-named', // it has its name
  'export-batch', // in the middle of an exported part
  'export-rows-written', // its last row is handed over, the file has no name yet
  'export-part-named',
  'export-parts-done', // all files exist, the directory's manifest does not
  'export-done',
  'transform-batch',
  'transform-rows-written',
  'transform-part-named', // its records are not kept yet
  'transform-records-kept',
  'part-staged', // its files and records are logged, it is not committed
  'transform-parts-done', // neither outcomes nor the directory's manifest exist
  'transform-outcomes-kept',
  'transform-done',
  'part-opened', // its transaction is open
  'record-added', // a reject, adjustment or filter is in the buffer of its part
  'part-batch', // in the middle of the COPY
  'part-rows-written', // all rows are sent, the COPY has not ended
  'part-loaded', // the target took all rows; records, ledger row and commit follow
  'records-flushed', // the records file of a part is complete under its partial name
  'records-kept', // it has its name, the part is not committed
  'part-committed',
  'load-done',
  'resolve-committed', // references hold; only the target knows which rows changed
  'resolve-recorded',
  'constraints-built', // statistics and sequences are not yet
  'target-finished',
  'validation-begun',
  'validation-check', // in the middle of a validator
  'validated', // the manifest is not closed
  'report-due', // the manifest is closed
  'report-written',
] as const;

/** The same for a replay of rejects. */
const replayFailpoints = [
  'replay-committed', // rejects are in the target, the run folder does not know it yet
  'replay-remembered', // the run folder knows it, the report does not
] as const;

/** The same for cutover and rollback, including those of a tenant. */
const changeFailpoints = [
  'backup-written', // the backup is complete under its partial name
  'backup-named',
  'change-locked', // readers wait; names and rows are as before
  'change-moved', // the live schema has changed, for this transaction only
  'change-recorded',
  'change-committed', // the event log does not know it yet
] as const;

/** The names of all failpoints. */
export const failpoints = [...runFailpoints, ...replayFailpoints, ...changeFailpoints] as const;

export type Failpoint = (typeof failpoints)[number];

/** `name[:nth][:kill|error]` if the second switch is on. Read once, so that nothing can arm a failpoint later. */
const [armedName, ...rest] = (process.env.WAYBILL_FAULTS === 'on' && process.env.WAYBILL_FAILPOINT?.split(':')) || [];
const isKill = !rest.includes('error');
let callsLeft = Number(rest.find((word) => /^\d+$/.test(word)) ?? 1);

/**
 * Does nothing unless the process was started with both WAYBILL_FAULTS=on and WAYBILL_FAILPOINT=name[:nth][:kill|error].
 * Then the nth call of that name kills the process as a power cut would (SIGKILL, the default), or throws.
 * @throws WaybillError 'internal' when the failpoint is armed with `error`.
 */
export function failpoint(name: Failpoint): void {
  if (name !== armedName || --callsLeft !== 0) return;
  if (isKill) process.kill(process.pid, 'SIGKILL');
  throw new WaybillError('internal', `The failpoint ${name} was reached.`, { hint: 'Unset WAYBILL_FAULTS.' });
}

/** Calls the failpoint of each step of a cutover or rollback. */
export const failAtStep: OnStep = (step) => failpoint(`change-${step}`);

/** Passes batches through, with one failpoint after each batch and another after the last one. */
export async function* failingBatches<T>(
  batches: AsyncIterable<T>,
  each: Failpoint,
  last: Failpoint,
): AsyncGenerator<T, void, undefined> {
  for await (const batch of batches) {
    yield batch;
    failpoint(each);
  }
  failpoint(last);
}
