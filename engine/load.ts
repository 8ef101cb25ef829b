import type { PlannedMapping } from '../core/plan.ts';
import type { LedgerEntry, Part, Source, Target } from '../core/ports.ts';
import type { TableSchema } from '../core/schema.ts';
import { countOfPart, slotOf } from './event-counts.ts';
import { failpoint } from './failpoint.ts';
import { type LoadTask, loadPart } from './load-part.ts';
import { carriedMapping, type MapContext, type MapCounts } from './map-part.ts';
import { recordsFile } from './part-records.ts';
import type { Expected } from './progress.ts';
import { budgetOf, type RejectBudget } from './reject-budget.ts';
import { asked } from './retry.ts';
import { checkSourceAgain, partsOf, type RunContext, timedStage } from './run-context.ts';
import { type PartTasks, runTables } from './run-tables.ts';
import {
  expectedOf,
  mapContext,
  partName,
  readOutcomes,
  type TransformOutcome,
  transformedTable,
} from './transform.ts';

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
  const expected = expectedOf(context.selected, tables).map(({ table, rows }) => {
    const before = sumOf(
      done.filter((e) => e.mapping === table),
      'read',
    );
    return { table, rows: rows === null ? null : Math.max(rows - before, 0) };
  });
  await loadAll(context, { done, expected, budget }, async function* (planned, isDone) {
    const table = tables.get(planned.source.name) as TableSchema;
    const format = await asked(() => target.rowFormat(planned.target.name, planned.columns));
    for (const part of await partsOf(context, source, table)) {
      if (isDone(part)) continue;
      if (done.length > 0) noteSeveralMoments(context);
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

/** A snapshot ends with its session: parts that an earlier session read are of another moment. */
function noteSeveralMoments(context: RunContext): void {
  const { source } = context.manifest;
  if (source === null) return;
  const note = 'the run was resumed, and its parts were read at different moments';
  context.manifest = { ...context.manifest, source: { ...source, isConsistent: false, note } };
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
    const table = transformedTable(planned);
    const carried = carriedMapping(planned, table);
    const format = await asked(() => target.rowFormat(planned.target.name, planned.columns));
    for (const part of await transformed.parts(table, context.options.partRows)) {
      if (isDone(part)) continue;
      const task: LoadTask = {
        ...commonTask(context, carried, { source: transformed, part, format }, target, budget),
        recordsName: `${partName(part)}.load`,
        before: outcomes.get(`${planned.name} ${part.number}`) ?? nothing,
      };
      yield () => loadAndNote(context, task);
    }
  });
}

/** What the transform came to in parts that are not loaded yet. */
function outcomesNotIn(
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

async function loadAndNote({ log }: RunContext, task: LoadTask): Promise<LedgerEntry> {
  const entry = await loadPart(task);
  await log.append('loaded', { counts: [countOfPart(entry)] }, [recordsFile(entry.mapping, task.recordsName)]);
  return entry;
}

/** A run that was killed after a commit, or whose commit was not acknowledged, has parts that no event tells of. */
async function noteUnnoted({ log, manifest }: RunContext, done: readonly LedgerEntry[]): Promise<void> {
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
  await timedStage(context, 'load', async () => {
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
