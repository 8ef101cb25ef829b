import { setTimeout as sleep } from 'node:timers/promises';
import { WaybillError } from '../../core/model/errors.ts';

/** Errors that are retried, how often, and the first wait. Each further wait is twice as long. */
interface Retry {
  /** SQLSTATEs, or `lost` or `idle` for a connection. */
  readonly reasons: readonly string[];
  readonly times: number;
  readonly waitMs: number;
}

/** The one table of retries (`docs/how-to/resume-and-retry.md`); any other error stops the run, which can be resumed. */
export const retries: readonly Retry[] = [
  { reasons: ['40001', '40P01'], times: 5, waitMs: 100 },
  { reasons: ['55P03'], times: 3, waitMs: 1000 },
  { reasons: ['53300'], times: 5, waitMs: 1000 },
  { reasons: ['lost', '57P01', '57P02', '57P03', '08000', '08001', '08003', '08006'], times: 5, waitMs: 500 },
  { reasons: ['idle'], times: 1, waitMs: 500 },
];

/**
 * Runs work that is one transaction of the target. If it is interrupted, `already` returns the result if the commit succeeded
 * after all. If not, the work is repeated as often as the table allows.
 * @param rereads whether an interrupted source can be read again at the same moment.
 */
export async function retryTransaction<T>(
  work: () => Promise<T>,
  already: () => Promise<{ readonly value: T } | null>,
  rereads = false,
): Promise<T> {
  const used = new Map<Retry, number>();
  for (let isRepeated = false; ; isRepeated = true) {
    try {
      const done = isRepeated ? await already() : null;
      return done === null ? await work() : done.value;
    } catch (error) {
      // An abandoned attempt was still committing when the ledger was asked.
      const done = isLocked(error) ? await already() : null;
      if (done !== null) return done.value;
      const waitMs = waitBefore(error, used, rereads);
      if (waitMs === null) throw error;
      await sleep(waitMs);
    }
  }
}

/** Repeats a read as often as the table allows. */
export function retryRead<T>(question: () => Promise<T>): Promise<T> {
  return retryTransaction(question, async () => null);
}

/** Whether the table retries this error of the target. */
export function isTransient(error: unknown): boolean {
  return waitBefore(error, new Map(), false) !== null;
}

function isLocked(error: unknown): boolean {
  return error instanceof WaybillError && error.code === 'run-locked';
}

function waitBefore(error: unknown, used: Map<Retry, number>, rereads: boolean): number | null {
  if (!(error instanceof WaybillError) || error.reason === null) return null;
  const { code, reason } = error;
  if (code !== 'target-interrupted' && !(code === 'source-interrupted' && rereads)) return null;
  const retry = retries.find(({ reasons }) => reasons.includes(reason));
  if (retry === undefined) return null;
  const times = used.get(retry) ?? 0;
  used.set(retry, times + 1);
  return times < retry.times ? retry.waitMs * 2 ** times : null;
}
