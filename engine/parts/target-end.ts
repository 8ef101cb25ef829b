import { byteLength, sliceRows } from '../../core/model/encoded.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { PartWriter, Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { RowRecords } from '../journal/row-records.ts';
import type { Progress } from '../progress.ts';
import { Digest } from './digest.ts';
import type { EncodedBatch } from './encode-part.ts';
import { keepRefused, type MapContext, type MapCounts, mapPart } from './map-part.ts';
import type { RejectBudget, Spent } from './reject-budget.ts';
import { retryTransaction } from './retry.ts';

/** One part on its way into the target. */
export interface LoadTask extends Omit<MapContext, 'records' | 'counts' | 'forwards'> {
  readonly target: Target;
  readonly recordsPath: string;
  /** Name of the records file. */
  readonly recordsName: string;
  readonly budget: RejectBudget;
  /** What stages before this one counted of the part; all 0 when the load is the only stage. */
  readonly before: Readonly<MapCounts>;
  readonly progress: Progress;
}

/**
 * Loads a part in one transaction together with its ledger row. It goes in one COPY; when the target refuses a row, the
 * part is done again in batches that are halved until the refused rows stand alone and are kept as rejects.
 * @throws WaybillError 'too-many-rejects' when the budget is used up; nothing of the part is loaded then.
 */
export async function loadPart(task: LoadTask): Promise<LedgerEntry> {
  const telling = { ...task, tell: onlyMore(task) };
  return retryTransaction(
    () => loadOnce(telling),
    async () => {
      const entry = await entryInLedger(task);
      if (entry !== null) task.budget.count(entry.mapping, spentOf(task, entry));
      return entry && { value: entry };
    },
    task.source.rereads === true,
  );
}

/** After a lost acknowledgement only the ledger knows whether the part is in. */
export async function entryInLedger({
  target,
  run,
  planned,
  part,
}: Pick<LoadTask, 'target' | 'run' | 'planned' | 'part'>): Promise<LedgerEntry | null> {
  const entries = await target.ledger(run);
  return entries.find((e) => e.mapping === planned.name && e.part.number === part.number) ?? null;
}

/** What the part costs its budget; what earlier stages read and rejected was counted there. */
function spentOf(
  { before }: LoadTask,
  { read, rejected }: { readonly read: number; readonly rejected: number },
): Spent {
  return before.read === 0 ? { read, rejected } : { read: 0, rejected: rejected - before.rejected };
}

/** A part that is done again tells only of what goes beyond the first time. */
export function onlyMore({ progress, planned }: Pick<LoadTask, 'progress' | 'planned'>): TellingTask['tell'] {
  let told = { read: 0, bytes: 0 };
  return (read, bytes) => {
    if (read <= told.read) return;
    progress.rows(planned.name, read - told.read, Math.max(bytes - told.bytes, 0));
    told = { read, bytes: Math.max(bytes, told.bytes) };
  };
}

async function loadOnce(task: TellingTask): Promise<LedgerEntry> {
  return (await attempt(task, loadWhole)) ?? ((await attempt(task, loadHalving)) as LedgerEntry);
}

interface TellingTask extends LoadTask {
  /** Told how many rows of the part were read so far, and the bytes that they made. */
  tell(read: number, bytes: number): void;
}

type Attempt = (task: TellingTask, context: MapContext, writer: PartWriter, digest: Digest) => Promise<number | null>;

async function attempt(task: TellingTask, load: Attempt): Promise<LedgerEntry | null> {
  const records = new RowRecords(task.recordsPath, task.planned.name, task.recordsName);
  const counts: MapCounts = { read: 0, rejected: 0, filtered: 0, adjusted: 0 };
  // Only rows that go in one by one must be known to be kept.
  const context: MapContext = { ...task, records, counts, allowsPassthrough: load === loadWhole };
  const digest = new Digest();
  const columns = task.planned.columns.map((c) => c.name);
  const writer = await task.target.openPart(task.planned.target.name, columns, task.format);
  let spent: Spent | null = null;
  try {
    failpoint('part-opened');
    const loaded = await load(task, context, writer, digest);
    if (loaded === null) {
      await writer.rollback();
      await records.discard();
      return null;
    }
    failpoint('part-loaded');
    const entry = entryOf(task, counts, loaded, digest);
    task.budget.spend(task.planned.name, spentOf(task, entry));
    spent = spentOf(task, entry);
    await records.keep();
    failpoint('records-kept');
    await writer.commit(entry);
    failpoint('part-committed');
    task.progress.records(task.planned.name, counts);
    return entry;
  } catch (error) {
    if (spent !== null) task.budget.release(task.planned.name, spent);
    await writer.rollback().catch(() => undefined); // the first error is the one to tell
    await records.giveUp(error);
    throw error;
  }
}

function entryOf(
  { run, planned, part, before }: LoadTask,
  counts: MapCounts,
  loaded: number,
  digest: Digest,
): LedgerEntry {
  return {
    run,
    mapping: planned.name,
    part,
    read: before.read === 0 ? counts.read : before.read,
    loaded,
    rejected: before.rejected + counts.rejected,
    filtered: before.filtered + counts.filtered,
    adjusted: before.adjusted + counts.adjusted,
    digest: digest.toString(),
  };
}

async function loadWhole(
  task: TellingTask,
  context: MapContext,
  writer: PartWriter,
  digest: Digest,
): Promise<number | null> {
  let loaded = 0;
  let bytes = 0;
  for await (const { rows } of mapPart(context)) {
    digest.add(rows);
    bytes += byteLength(rows);
    if ((await writer.write(rows)) !== null) return null;
    loaded += rows.count;
    task.tell(context.counts.read, bytes);
    failpoint('part-batch');
  }
  failpoint('part-rows-written');
  return (await writer.finish()) === null ? loaded : null;
}

async function loadHalving(
  task: TellingTask,
  context: MapContext,
  writer: PartWriter,
  digest: Digest,
): Promise<number> {
  let loaded = 0;
  let bytes = 0;
  for await (const batch of mapPart(context)) {
    const { count } = batch.rows;
    bytes += byteLength(batch.rows);
    if (count > 0) loaded += await loadOrHalve({ task, context, writer, digest, batch }, 0, count);
    task.tell(context.counts.read, bytes);
  }
  return loaded;
}

interface Halving {
  readonly task: LoadTask;
  readonly context: MapContext;
  readonly writer: PartWriter;
  readonly digest: Digest;
  readonly batch: EncodedBatch;
}

/** Loads the rows from `from` up to, not including, `to`. @returns how many went in. */
async function loadOrHalve(halving: Halving, from: number, to: number): Promise<number> {
  const { task, context, writer, digest, batch } = halving;
  const rows = sliceRows(batch.rows, from, to);
  const refusal = await writer.tryWrite(rows);
  if (refusal === null) {
    digest.add(rows);
    return rows.count;
  }
  if (rows.count === 1) {
    await keepRefused(context, batch.origin(from), refusal);
    task.budget.check(task.planned.name, context.counts.rejected);
    return 0;
  }
  const middle = (from + to) >> 1;
  return (await loadOrHalve(halving, from, middle)) + (await loadOrHalve(halving, middle, to));
}
