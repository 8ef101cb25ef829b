import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { PartFile } from '../../core/ports/directory.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import { failpoint } from '../failpoint.ts';
import { countOfPart } from '../journal/event-counts.ts';
import { factsOfPart } from '../journal/file-facts.ts';
import { recordsFile } from '../journal/row-records.ts';
import type { RunContext } from '../run-context.ts';
import type { FileTarget } from './file-end.ts';
import type { MapCounts } from './map-part.ts';
import { feedEnds, openEnds, type PartEnds } from './part-ends.ts';
import { fileJob, type PartJob, recordsNameOf, spentOf, totalOf } from './part-job.ts';
import type { Spent } from './reject-budget.ts';
import { isTransient, retryTransaction } from './retry.ts';
import type { LoadTarget, TargetEnd } from './target-end.ts';

/** What became of a part. */
export interface PartResult {
  readonly counts: Readonly<MapCounts>;
  readonly exported: PartFile | null;
  readonly transformed: PartFile | null;
  /** null when nothing was to be loaded. */
  readonly entry: LedgerEntry | null;
}

/**
 * Reads a part once, maps it, encodes each batch once per end, and commits. Files and records are durable before their event
 * is in the log, and that event is in the log before the load commits. The ledger row is part of the load's transaction.
 *
 * When the target refuses a row, a part with files keeps them and is loaded from its file. A part without files is read again,
 * and the refused rows are isolated and kept as rejects.
 * @throws WaybillError 'too-many-rejects' when the budget is used up. Nothing of the part is loaded then.
 */
export async function runPart(context: RunContext, job: PartJob): Promise<PartResult> {
  const report = reportOnce(context, job);
  const result = await retryTransaction(
    async () => {
      const before = job.isRetried ? await committedBefore(context, job) : null;
      return before?.value ?? (await attempt(context, job, report, false)) ?? (await isolate(context, job, report));
    },
    () => committedBefore(context, job),
    job.source.rereads === true,
  );
  const { entry, transformed } = result;
  if (entry === null && job.loading && transformed)
    return { ...result, entry: await loadFromFile(context, job, result) };
  if (entry !== null) {
    // The event of the files has named the records already.
    const records = transformed === null ? [recordsFile(entry.mapping, recordsNameOf(mappingOf(job), job.part))] : [];
    await context.log.append('loaded', { counts: [countOfPart(entry)] }, records);
  }
  return result;
}

async function isolate(context: RunContext, job: PartJob, report: Report): Promise<PartResult> {
  return (await attempt(context, job, report, true)) as PartResult;
}

/** The target refused a row, or the commit was interrupted. */
async function loadFromFile(
  context: RunContext,
  { transforming, loading, budget, part, ...job }: PartJob,
  { transformed, counts }: PartResult,
): Promise<LedgerEntry | null> {
  const { writer, table } = transforming as FileTarget;
  const source = writer.partSource(table, transformed as PartFile);
  const from = { source, part, budget, before: counts, loading: loading as LoadTarget, isRetried: true };
  return (await runPart(context, fileJob(job.planned as PlannedMapping, from))).entry;
}

/** The result of an attempt whose commit succeeded although its acknowledgement was lost: only the ledger knows. */
async function committedBefore({ folder }: RunContext, job: PartJob): Promise<{ readonly value: PartResult } | null> {
  const { planned, loading, part, budget } = job;
  if (planned === null || loading === undefined || job.transforming !== undefined) return null;
  const entries = await loading.target.ledger(folder.run);
  const entry = entries.find((e) => e.mapping === planned.name && e.part.number === part.number);
  if (entry === undefined) return null;
  budget?.count(planned.name, spentOf(job, entry));
  return { value: { counts: entry, exported: null, transformed: null, entry } };
}

function mappingOf({ planned }: PartJob): PlannedMapping {
  return planned as PlannedMapping;
}

type Report = (read: number, bytes: number) => void;

/** Reports progress. A part that is read again reports only what goes beyond the first time. */
function reportOnce({ options: { progress } }: RunContext, { planned, table, isRetried }: PartJob): Report {
  if (isRetried) return () => undefined;
  let reported = { read: 0, bytes: 0 };
  return (read, bytes) => {
    if (read <= reported.read) return;
    progress.rows(planned?.name ?? table.name, read - reported.read, Math.max(bytes - reported.bytes, 0));
    reported = { read, bytes: Math.max(bytes, reported.bytes) };
  };
}

/** @returns null when the target refused a row and the part has no files. */
async function attempt(
  context: RunContext,
  job: PartJob,
  report: Report,
  isolates: boolean,
): Promise<PartResult | null> {
  const ends = await openEnds(context, job, isolates);
  const { exporting, transforming, loading, records } = ends;
  let spent: Spent | null = null;
  try {
    await feedEnds(ends, report);
    if (loading?.isOpen === false && transforming === null) {
      await records?.discard();
      return null;
    }
    const counts = totalOf(job, ends.counts);
    spent = spendBudget(job, counts);
    await records?.keep();
    if (records !== null) failpoint(transforming === null ? 'records-kept' : 'transform-records-kept');
    if (await logFiles(ends)) spent = null;
    const entry = loading?.isOpen === true ? await commit(ends, loading, counts) : null;
    if (entry !== null && transforming === null) context.options.progress.records(entry.mapping, ends.counts);
    return { counts, exported: exporting?.file ?? null, transformed: transforming?.file ?? null, entry };
  } catch (error) {
    if (spent !== null) job.budget?.release(mappingOf(job).name, spent);
    await loading?.rollback().catch(() => undefined); // the first error is the one to report
    await records?.giveUp(error);
    throw error;
  }
}

function spendBudget(job: PartJob, counts: MapCounts): Spent | null {
  if (job.budget === null) return null;
  const spent = spentOf(job, counts);
  job.budget.spend(mappingOf(job).name, spent);
  return spent;
}

/** Logs the files of the part and its records in one event. @returns whether there are any files. */
async function logFiles({ context, job, counts, exporting, transforming }: PartEnds): Promise<boolean> {
  const { planned, part, table } = job;
  const { log, options } = context;
  const mapped = transforming?.file ? [factsOfPart('transform', transforming.file)] : [];
  const files = exporting?.file ? [...mapped, factsOfPart('export', exporting.file)] : mapped;
  if (files.length === 0) return false;
  if (planned === null) {
    await log.append('exported', { table: table.name, part: part.number, rows: counts.read }, files);
    return true;
  }
  const outcome = { mapping: planned.name, part: part.number, ...counts };
  const records = recordsFile(planned.name, recordsNameOf(planned, part));
  await log.append(job.loading ? 'staged' : 'transformed', outcome, [...files, records]);
  if (job.loading) failpoint('part-staged');
  options.progress.records(planned.name, counts);
  return true;
}

/** @returns null when the commit of a part with files was interrupted. The part is loaded from its file then. */
async function commit({ context, job }: PartEnds, loading: TargetEnd, counts: MapCounts): Promise<LedgerEntry | null> {
  const entry = loading.entry({ run: context.folder.run, mapping: mappingOf(job).name, part: job.part, ...counts });
  try {
    await loading.commit(entry);
    return entry;
  } catch (error) {
    if (job.transforming === undefined || !isTransient(error)) throw error;
    await loading.rollback().catch(() => undefined); // the part is safe in its file
    return null;
  }
}
