import process from 'node:process';
import { WaybillError } from '../core/model/errors.ts';
import type { OnStep } from '../core/ports/cutover.ts';

/**
 * Every place where a fault test can stop a run, in the order in which a run comes by: each lies on one side of something
 * that must survive (a rename, a commit, a stage). `test/faults` kills a run at each of them, and fails on one without a test.
 */
export const runFailpoints = [
  'run-begun', // the run folder and its manifest are there, nothing else
  'version-committed', // one version of the DDL is there, the next is not
  'target-prepared', // tables of the load version, seeds and the run's record are there
  'parts-cut', // the cut of a table is known to this process only
  'parts-kept', // and now to the manifest
  'file-flushed', // a file of the run folder is whole beside its name
  'file-named', // and has it
  'export-batch', // in the middle of an exported part
  'export-rows-written', // its last row is handed over, the file has no name yet
  'export-part-named',
  'export-parts-done', // all files are there, the directory's manifest is not
  'export-done',
  'transform-batch',
  'transform-rows-written',
  'transform-part-named', // its records are not kept yet
  'transform-records-kept',
  'part-staged', // its files and records are told of, it is not committed
  'transform-parts-done', // neither outcomes nor the directory's manifest are there
  'transform-outcomes-kept',
  'transform-done',
  'part-opened', // its transaction is open
  'record-added', // a reject, adjustment or filter is in the buffer of its part
  'part-batch', // in the middle of the COPY
  'part-rows-written', // all rows are sent, the COPY has not ended
  'part-loaded', // the target took all rows; records, ledger row and commit are to come
  'records-flushed', // the records file of a part is whole beside its name
  'records-kept', // it has its name, the part is not committed
  'part-committed',
  'load-done',
  'resolve-committed', // references hold, what that took is in the target only
  'resolve-recorded',
  'constraints-built', // statistics and sequences are not
  'target-finished',
  'validation-begun',
  'validation-check', // in the middle of a validator
  'validated', // the manifest is not closed
  'report-due', // the manifest is closed
  'report-written',
] as const;

/** The same of a replay of rejects. */
const replayFailpoints = [
  'replay-committed', // rejects are in the target, the run folder does not know yet
  'replay-remembered', // it does, the report does not
] as const;

/** The same of cutover and rollback, of a tenant too. */
const changeFailpoints = [
  'scratch-made', // the schema that the live one is compared with is there, to be dropped
  'backup-written', // the backup is whole beside its name
  'backup-named',
  'change-locked', // readers wait; names and rows are as before
  'change-moved', // what is live has changed, for this transaction only
  'change-recorded',
  'change-committed', // nobody was told
] as const;

export const failpoints = [...runFailpoints, ...replayFailpoints, ...changeFailpoints] as const;

export type Failpoint = (typeof failpoints)[number];

/** `name[:nth][:kill|error]` with the second switch on, else nothing; read once, so that nothing later can arm it. */
const [armedName, ...rest] = (process.env.WAYBILL_FAULTS === 'on' && process.env.WAYBILL_FAILPOINT?.split(':')) || [];
const isKill = !rest.includes('error');
let callsLeft = Number(rest.find((word) => /^\d+$/.test(word)) ?? 1);

/**
 * Does nothing, unless the process was started with both WAYBILL_FAULTS=on and WAYBILL_FAILPOINT=name[:nth][:kill|error]:
 * then the nth call of that name kills the process as a power cut would (SIGKILL, the default), or fails.
 * @throws WaybillError 'internal' when the failpoint was asked for an error.
 */
export function failpoint(name: Failpoint): void {
  if (name !== armedName || --callsLeft !== 0) return;
  if (isKill) process.kill(process.pid, 'SIGKILL');
  throw new WaybillError('internal', `The failpoint ${name} was reached.`, { hint: 'Unset WAYBILL_FAULTS.' });
}

/** Comes by the failpoint of each step of a change. */
export const failAtStep: OnStep = (step) => failpoint(`change-${step}`);

/** Passes batches on, with one failpoint after each and another after the last. */
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
