import { WaybillError } from '../core/errors.ts';
import type { LedgerEntry, OutBatch, PartWriter, Refusal, Target } from '../core/ports.ts';
import { Digest } from './digest.ts';
import { about, keptRow, type MapContext, type MapCounts, type MappedBatch } from './map-part.ts';
import { PartRecords } from './part-records.ts';
import type { RejectBudget } from './reject-budget.ts';

/** One part on its way into the target. */
export interface LoadTask extends Omit<MapContext, 'records' | 'counts'> {
  readonly target: Target;
  readonly recordsPath: string;
  /** Name of the records file. */
  readonly recordsName: string;
  readonly budget: RejectBudget;
  /** Opens the part's rows; called again when the part is done again. */
  batches(context: MapContext): AsyncIterable<MappedBatch>;
  /** What stages before this one counted of the part; all 0 when the load is the only stage. */
  readonly before: Readonly<MapCounts>;
  onRows(count: number): void;
}

/**
 * Loads a part in one transaction together with its ledger row. It goes in one COPY; when the target refuses a row, the
 * part is done again in batches that are halved until the refused rows stand alone and are kept as rejects.
 * @throws WaybillError 'too-many-rejects' when the budget is used up; nothing of the part is loaded then.
 */
export async function loadPart(task: LoadTask): Promise<LedgerEntry> {
  let told = 0;
  // A part that is done again tells only of what goes beyond the first time.
  const tell = (loaded: number): void => {
    if (loaded > told) task.onRows(loaded - told);
    told = Math.max(told, loaded);
  };
  const whole = await attempt({ ...task, tell }, loadWhole);
  return whole ?? ((await attempt({ ...task, tell }, loadHalving)) as LedgerEntry);
}

interface TellingTask extends LoadTask {
  /** Told how many rows of the part are in so far. */
  tell(loaded: number): void;
}

type Attempt = (task: TellingTask, context: MapContext, writer: PartWriter, digest: Digest) => Promise<number | null>;

async function attempt(task: TellingTask, load: Attempt): Promise<LedgerEntry | null> {
  const records = new PartRecords(task.recordsPath, task.planned.name, task.recordsName);
  const counts: MapCounts = { read: 0, rejected: 0, filtered: 0, adjusted: 0 };
  const context: MapContext = { ...task, records, counts };
  const digest = new Digest();
  const columns = task.planned.columns.map((c) => c.name);
  const writer = await task.target.openPart(task.planned.target.name, columns);
  try {
    const loaded = await load(task, context, writer, digest);
    if (loaded === null) {
      await writer.rollback();
      await records.discard();
      return null;
    }
    const entry = entryOf(task, counts, loaded, digest);
    task.budget.spend(counts.rejected, task.planned.name);
    await records.keep();
    await writer.commit(entry);
    return entry;
  } catch (error) {
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
  for await (const batch of task.batches(context)) {
    if ((await writer.write(batch)) !== null) return null;
    loaded += accept(batch, digest);
    task.tell(loaded);
  }
  return (await writer.finish()) === null ? loaded : null;
}

async function loadHalving(
  task: TellingTask,
  context: MapContext,
  writer: PartWriter,
  digest: Digest,
): Promise<number> {
  let loaded = 0;
  for await (const batch of task.batches(context)) {
    loaded += await loadOrHalve(task, context, writer, digest, batch);
    task.tell(loaded);
  }
  return loaded;
}

async function loadOrHalve(
  task: LoadTask,
  context: MapContext,
  writer: PartWriter,
  digest: Digest,
  batch: MappedBatch,
): Promise<number> {
  const refusal = await writer.tryWrite(batch);
  if (refusal === null) return accept(batch, digest);
  if (batch.rows.length === 1) {
    await keepReject(context, batch, refusal);
    task.budget.check(context.counts.rejected, task.planned.name);
    return 0;
  }
  const middle = batch.rows.length >> 1;
  const first = await loadOrHalve(task, context, writer, digest, slice(batch, 0, middle));
  return first + (await loadOrHalve(task, context, writer, digest, slice(batch, middle, batch.rows.length)));
}

function accept(batch: OutBatch, digest: Digest): number {
  for (const line of batch.lines) digest.add(line);
  return batch.rows.length;
}

async function keepReject(context: MapContext, batch: MappedBatch, refusal: Refusal): Promise<void> {
  const row = batch.origins[0];
  if (row === undefined) throw new WaybillError('internal', 'A refused batch was empty.', { hint: 'Report this.' });
  context.counts.rejected++;
  await context.records.add({
    kind: 'reject',
    ...about(context, row),
    rule: 'refused',
    stage: 'load',
    ...refusal,
    row: keptRow(context.planned, row),
  });
}

function slice(batch: MappedBatch, from: number, to: number): MappedBatch {
  return {
    rows: batch.rows.slice(from, to),
    origins: batch.origins.slice(from, to),
    lines: batch.lines.slice(from, to),
  };
}
