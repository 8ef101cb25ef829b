import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { countOfPart, slotOf } from '../journal/event-counts.ts';
import { writeManifest } from '../journal/manifest.ts';
import { recordsFile } from '../journal/row-records.ts';
import { carriedMapping, type MapContext, type MapCounts } from '../parts/map-part.ts';
import { expectedOf, mapContext, partName, type TransformOutcome, transformedTable } from '../parts/part-context.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
import { budgetOf, type RejectBudget } from '../parts/reject-budget.ts';
import { retryRead } from '../parts/retry.ts';
import { type LoadTask, loadPart } from '../parts/target-end.ts';
import type { Expected } from '../progress.ts';
import { partsOf, type RunContext, runStage } from '../run-context.ts';
import { checkSourceAgain } from './contract-check.ts';
import { readOutcomes } from './transform.ts';

const nothing: MapCounts = { read: 0, rejected: 0, filtered: 0, adjusted: 0 };

/** Loads straight from the source: read, map and COPY in one go, part by part; parts that the ledger knows are passed by. */
export async function loadDirect(
  context: RunContext,
  source: Source,
  tables: ReadonlyMap<string, TableSchema>,
  target: Target,
): Promise<void> {
  const done = await target.ledger(context.folder.run);
  const budget = budgetOf(context, done);
  const expected = expectedOf(context.selected, tables, done);
  await loadAll(context, { done, expected, budget }, async function* (planned, isDone) {
    const table = tables.get(planned.source.name) as TableSchema;
    const format = await retryRead(() => target.rowFormat(planned.target.name, planned.columns));
    for (const part of await partsOf(context, source, table)) {
      if (isDone(part)) continue;
      if (done.length > 0) await noteSeveralMoments(context);
      const task: LoadTask = {
        ...commonTask(context, planned, { source, part, format }, target, budget),
        recordsName: partName(part),
        before: nothing,
      };
      yield () => loadAndNote(context, task);
    }
  });
  await checkSourceAgain(context, source);
}

/** A snapshot ends with its session: parts that an earlier session read are of another moment. Durable when it resolves. */
export async function noteSeveralMoments(context: RunContext): Promise<void> {
  const { source } = context.manifest;
  const note = 'the run was resumed, and its parts were read at different moments';
  if (source === null || source.note === note) return;
  context.manifest = { ...context.manifest, source: { ...source, isConsistent: false, note } };
  await writeManifest(context, 'read-again', {});
}

/** Loads the run's transform directory; rows were mapped before, so only the target can refuse one. */
export async function loadTransformed(context: RunContext, transformed: Source, target: Target): Promise<void> {
  const done = await target.ledger(context.folder.run);
  const outcomes = new Map((await readOutcomes(context)).map((o) => [`${o.mapping} ${o.part}`, o]));
  const waiting = outcomesNotIn(done, [...outcomes.values()]);
  const budget = budgetOf(context, [...done, ...waiting]);
  const expected = context.selected.map(({ name }) => {
    const own = waiting.filter((o) => o.mapping === name);
    return { table: name, rows: sumOf(own, 'read') - sumOf(own, 'rejected') - sumOf(own, 'filtered') };
  });
  await loadAll(context, { done, expected, budget }, async function* (planned, isDone) {
    const format = await retryRead(() => target.rowFormat(planned.target.name, planned.columns));
    for (const part of await transformed.parts(transformedTable(planned), context.options.partRows)) {
      if (isDone(part)) continue;
      const before = outcomes.get(`${planned.name} ${part.number}`) ?? nothing;
      const from = { source: transformed, part, format };
      yield () => loadAndNote(context, fileTask(context, planned, from, target, budget, before));
    }
  });
}

/** A part that was mapped before, to be loaded from its file. */
export function fileTask(
  context: RunContext,
  planned: PlannedMapping,
  from: Pick<MapContext, 'source' | 'part' | 'format'>,
  target: Target,
  budget: RejectBudget,
  before: MapCounts,
): LoadTask {
  const carried = carriedMapping(planned, transformedTable(planned));
  const recordsName = `${partName(from.part)}.load`;
  return { ...commonTask(context, carried, from, target, budget), recordsName, before };
}

/** What the transform came to in parts that are not loaded yet. */
export function outcomesNotIn(
  done: readonly LedgerEntry[],
  outcomes: readonly TransformOutcome[],
): readonly TransformOutcome[] {
  const isIn = new Set(done.map((e) => `${e.mapping} ${e.part.number}`));
  return outcomes.filter((o) => !isIn.has(`${o.mapping} ${o.part}`));
}

interface Loading {
  readonly done: readonly LedgerEntry[];
  readonly expected: readonly Expected[];
  readonly budget: RejectBudget;
}

export async function loadAndNote({ log }: RunContext, task: LoadTask): Promise<LedgerEntry> {
  const entry = await loadPart(task);
  await log.append('loaded', { counts: [countOfPart(entry)] }, [recordsFile(entry.mapping, task.recordsName)]);
  return entry;
}

/** A run that was killed after a commit, or whose commit was not acknowledged, has parts that no event tells of. */
export async function noteUnnoted({ log, manifest }: RunContext, done: readonly LedgerEntry[]): Promise<void> {
  for (const entry of done.filter((e) => !log.hasCounted(e.mapping, slotOf(e)))) {
    const name = `${partName(entry.part)}${manifest.mode === 'direct' ? '' : '.load'}`;
    await log.append('loaded', { counts: [countOfPart(entry)], isFromLedger: true }, [
      recordsFile(entry.mapping, name),
    ]);
  }
}

async function loadAll(
  context: RunContext,
  { done, expected, budget }: Loading,
  partsToLoad: (planned: PlannedMapping, isDone: (part: Part) => boolean) => PartTasks<LedgerEntry>,
): Promise<void> {
  const known = new Set(done.map((e) => `${e.mapping} ${e.part.number}`));
  const { options, selected } = context;
  await runStage(context, 'load', async () => {
    options.progress.stage('load', expected);
    await noteUnnoted(context, done);
    const entries = await runTables(options, selected, (planned) =>
      partsToLoad(planned, (part) => known.has(`${planned.name} ${part.number}`)),
    );
    budget.close();
    failpoint('load-done');
    return sumOf(entries, 'loaded');
  });
}

function commonTask(
  context: RunContext,
  planned: PlannedMapping,
  from: Pick<MapContext, 'source' | 'part' | 'format'>,
  target: Target,
  budget: RejectBudget,
): Omit<LoadTask, 'before' | 'recordsName'> {
  return {
    ...mapContext(context, planned, from),
    target,
    budget,
    recordsPath: context.folder.recordsPath,
    progress: context.options.progress,
  };
}

function sumOf<Field extends string>(entries: readonly Readonly<Record<Field, number>>[], field: Field): number {
  return entries.reduce((sum, entry) => sum + entry[field], 0);
}
