import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { countOfPart, slotOf } from '../journal/event-counts.ts';
import { writeManifest } from '../journal/manifest.ts';
import { recordsFile } from '../journal/row-records.ts';
import { fileJob, noCounts, recordsNameOf } from '../parts/part-job.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
import { budgetOf, type RejectBudget } from '../parts/reject-budget.ts';
import { retryRead } from '../parts/retry.ts';
import { type PartResult, runPart } from '../parts/run-part.ts';
import type { LoadTarget } from '../parts/target-end.ts';
import { transformedMapping } from '../parts/transformed-mapping.ts';
import type { Expected } from '../progress.ts';
import { partsOf, type RunContext, runStage } from '../run-context.ts';
import { checkSourceAgain } from './contract-check.ts';
import { expectedProgress } from './expected-progress.ts';
import { readOutcomes, type TransformOutcome } from './transform-directory.ts';

/** Loads straight from the source: read, map and COPY in one pass, part by part. Parts in the ledger are skipped. */
export async function loadDirect(
  context: RunContext,
  source: Source,
  tables: ReadonlyMap<string, TableSchema>,
  target: Target,
): Promise<void> {
  const done = await target.ledger(context.folder.run);
  const budget = budgetOf(context, done);
  const expected = expectedProgress(context.selected, tables, done);
  await loadAll(context, { done, expected, budget }, async function* (planned, isDone) {
    const loading = await loadTargetOf(target, planned);
    const job = { source, table: planned.source, planned, loading, budget, before: noCounts };
    for (const part of await partsOf(context, source, tables.get(planned.source.name) as TableSchema, tables)) {
      if (isDone(part)) continue;
      if (done.length > 0) await noteSeveralMoments(context);
      yield () => runPart(context, { ...job, part });
    }
  });
  await checkSourceAgain(context, source);
}

/** Notes that parts come from several snapshots, because a snapshot ends with its session. Durable when it resolves. */
export async function noteSeveralMoments(context: RunContext): Promise<void> {
  const { source } = context.manifest;
  const note = 'the run was resumed, and its parts were read at different moments';
  if (source === null || source.note === note) return;
  context.manifest = { ...context.manifest, source: { ...source, isConsistent: false, note } };
  await writeManifest(context, 'read-again', {});
}

/** Loads the run's transform directory. Its rows were mapped before, so only the target can refuse one. */
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
    const loading = await loadTargetOf(target, planned);
    const { source: table } = transformedMapping(planned);
    for (const part of await transformed.parts(table, context.options.partRows)) {
      if (isDone(part)) continue;
      const before = outcomes.get(`${planned.name} ${part.number}`) ?? noCounts;
      yield () => runPart(context, fileJob(planned, { source: transformed, part, loading, budget, before }));
    }
  });
}

/** Asks the target how it wants the rows of a mapping. */
export async function loadTargetOf(target: Target, { target: { name }, columns }: PlannedMapping): Promise<LoadTarget> {
  return { target, format: await retryRead(() => target.rowFormat(name, columns)) };
}

/** The outcomes of mapped parts that are not loaded yet. */
export function outcomesNotIn(
  done: readonly LedgerEntry[],
  outcomes: readonly TransformOutcome[],
): readonly TransformOutcome[] {
  const isIn = new Set(done.map((e) => `${e.mapping} ${e.part.number}`));
  return outcomes.filter((o) => !isIn.has(`${o.mapping} ${o.part}`));
}

/** A load stage. */
export interface Loading {
  /** Parts that are loaded already. */
  readonly done: readonly LedgerEntry[];
  readonly expected: readonly Expected[];
  readonly budget: RejectBudget;
  /** Files that the stage writes again. */
  readonly remakes?: Pick<RegExp, 'test'>;
  /** Called when the stage has begun. */
  readonly prepare?: () => Promise<void>;
  /** Called when all parts are loaded. */
  readonly finish?: () => Promise<void>;
}

/** Runs the parts that are not loaded yet. */
export async function loadAll(
  context: RunContext,
  { done, expected, budget, remakes, prepare, finish }: Loading,
  partsToLoad: (planned: PlannedMapping, isDone: (part: Part) => boolean) => PartTasks<PartResult>,
): Promise<void> {
  const known = new Set(done.map((e) => `${e.mapping} ${e.part.number}`));
  const { options, selected } = context;
  const work = async (): Promise<number> => {
    options.progress.stage('load', expected);
    await logUnlogged(context, done);
    await prepare?.();
    const results = await runTables(options, selected, (planned) =>
      partsToLoad(planned, (part) => known.has(`${planned.name} ${part.number}`)),
    );
    budget.close();
    await finish?.();
    failpoint('load-done');
    return results.reduce((sum, { entry }) => sum + (entry?.loaded ?? 0), 0);
  };
  await runStage(context, 'load', work, remakes);
}

/** Logs parts that are in the ledger but in no event, because the process was killed or the commit was not acknowledged. */
async function logUnlogged(context: RunContext, done: readonly LedgerEntry[]): Promise<void> {
  const { log, manifest, selected } = context;
  for (const entry of done.filter((e) => !log.hasCounted(e.mapping, slotOf(e)))) {
    const planned = selected.find(({ name }) => name === entry.mapping) as PlannedMapping;
    const loaded = manifest.mode === 'direct' ? planned : transformedMapping(planned);
    const file = recordsFile(entry.mapping, recordsNameOf(loaded, entry.part));
    await log.append('loaded', { counts: [countOfPart(entry)], isFromLedger: true }, [file]);
  }
}

function sumOf<Field extends string>(entries: readonly Readonly<Record<Field, number>>[], field: Field): number {
  return entries.reduce((sum, entry) => sum + entry[field], 0);
}
