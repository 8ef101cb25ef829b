import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { DirectoryWriter, PartFile } from '../../core/ports/directory.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { type FileFacts, factsOfPart, fileOfPart } from '../journal/file-facts.ts';
import { pathsIn } from '../journal/run-folder.ts';
import { noCounts } from '../parts/part-job.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
import { budgetOf, type RejectBudget } from '../parts/reject-budget.ts';
import { retryRead } from '../parts/retry.ts';
import { entryInLedger, runPart } from '../parts/run-part.ts';
import type { LoadTarget } from '../parts/target-end.ts';
import { partsOf, type RunContext, runStage } from '../run-context.ts';
import { checkSourceAgain } from './contract-check.ts';
import { expectedProgress } from './expected-progress.ts';
import { fileJob, load, loadTargetOf, logUnlogged, noteSeveralMoments, outcomesNotIn } from './load.ts';
import {
  finishedTransform,
  finishTransform,
  outcomeOf,
  outcomeShape,
  type TransformedPart,
  type TransformOutcome,
  transformedTable,
} from './transform-directory.ts';

/** A part whose files and records are durable and in the log. */
interface StagedPart {
  readonly outcome: TransformOutcome;
  readonly files: readonly FileFacts[];
}

/** Where the parts of one mapping go. */
interface Ends {
  readonly exporting: DirectoryWriter | null;
  readonly transforming: DirectoryWriter;
  readonly loading: LoadTarget;
  readonly budget: RejectBudget;
}

/** Exports, transforms and loads in one pass over the source, part by part. Parts that are staged already are not read again. */
export async function loadStaged(
  context: RunContext,
  source: Source,
  tables: ReadonlyMap<string, TableSchema>,
  target: Target,
): Promise<void> {
  const { options, selected, folder } = context;
  const before = stagedParts(context);
  const outcomes = [...before.values()].map((staged) => staged.outcome);
  const remakes = remadePaths(before);
  const work = async (): Promise<number> => {
    options.progress.stage('load', expectedProgress(selected, tables, outcomes));
    const ledger = await target.ledger(folder.run);
    await logUnlogged(context, ledger);
    const stray = (await pathsIn(folder.path)).filter((path) => remakes.test(path));
    for (const path of stray) await rm(join(folder.path, path));
    const exporting = await options.createDirectory(folder.exportPath);
    const transforming = await options.createDirectory(folder.transformPath);
    const budget = budgetOf(context, [...ledger, ...outcomesNotIn(ledger, outcomes)]);
    const isLoaded = new Set(ledger.map((entry) => keyOf(entry.mapping, entry.part)));
    const loaded = await runTables(options, selected, async function* (planned): PartTasks<number> {
      const loading = await loadTargetOf(target, planned);
      const ends = { exporting: exports(selected, planned) ? exporting : null, transforming, loading, budget };
      for (const part of await partsOf(context, source, tables.get(planned.source.name) as TableSchema)) {
        const key = keyOf(planned.name, part);
        if (isLoaded.has(key)) continue;
        const staged = before.get(key);
        if (staged === undefined && before.size > 0) await noteSeveralMoments(context);
        yield () => stageAndLoad(context, { planned, source, part }, ends, staged);
      }
    });
    budget.close();
    await checkSourceAgain(context, source);
    await finishBoth(context, source, tables, { exporting, transforming });
    failpoint('load-done');
    return loaded.reduce((sum, rows) => sum + rows, 0);
  };
  await runStage(context, 'load', work, remakes);
}

function keyOf(mapping: string, { number }: Pick<Part, 'number'>): string {
  return `${mapping} ${number}`;
}

interface Reading {
  readonly planned: PlannedMapping;
  readonly source: Source;
  readonly part: Part;
}

/**
 * Reads a part into its files and the target. It is loaded from its file instead when it was staged before, when the target
 * refused a row, or when the commit was interrupted.
 * @returns the rows that were loaded.
 */
async function stageAndLoad(
  context: RunContext,
  { planned, source, part }: Reading,
  ends: Ends,
  staged: StagedPart | undefined,
): Promise<number> {
  if (staged !== undefined) return (await loadFile(context, planned, part, ends, staged)).loaded;
  const { exporting: exportWriter, transforming: writer, loading, budget } = ends;
  const exporting = exportWriter && { writer: exportWriter, table: planned.source };
  const transforming = { writer, table: transformedTable(planned) };
  const job = {
    source,
    table: planned.source,
    part,
    planned,
    exporting,
    transforming,
    loading,
    budget,
    before: noCounts,
  };
  const { entry, counts, transformed } = await runPart(context, job);
  if (entry !== null) return entry.loaded;
  const files = [factsOfPart('transform', transformed as PartFile)];
  return (await loadFile(context, planned, part, ends, { outcome: outcomeOf(planned, part, counts), files })).loaded;
}

/** Loads a staged part from its file, unless only its acknowledgement was missing. */
async function loadFile(
  context: RunContext,
  planned: PlannedMapping,
  part: Part,
  { transforming, loading, budget }: Ends,
  staged: StagedPart,
): Promise<LedgerEntry> {
  const known = await retryRead(() => entryInLedger(loading.target, context.folder.run, planned, part));
  if (known !== null) {
    await logUnlogged(context, [known]);
    return known;
  }
  const source = transforming.partSource(transformedTable(planned), transformedFile(planned, part, staged));
  const { mapping: _, part: __, ...before } = staged.outcome;
  return load(withoutRows(context), fileJob(planned, { source, part, loading, budget, before }));
}

/** The rows of a staged part were reported when they were read. */
function withoutRows(context: RunContext): RunContext {
  const { options } = context;
  return { ...context, options: { ...options, progress: { ...options.progress, rows: () => undefined } } };
}

/** The staged parts of the run, by mapping and part number. */
function stagedParts({ log }: RunContext): ReadonlyMap<string, StagedPart> {
  const staged = log.stagedParts.map(({ files, ...event }) => ({ outcome: outcomeShape.strip().parse(event), files }));
  return new Map(staged.map((one) => [keyOf(one.outcome.mapping, { number: one.outcome.part }), one]));
}

function transformedFile(planned: PlannedMapping, part: Part, { outcome, files }: StagedPart): PartFile {
  const rows = outcome.read - outcome.rejected - outcome.filtered;
  return fileOfPart('transform', files, { table: transformedTable(planned).name, part, rows }) as PartFile;
}

/** The files that a pass writes again: all of them, except those of staged parts. */
function remadePaths(staged: ReadonlyMap<string, StagedPart>): { test(path: string): boolean } {
  const kept = new Set([...staged.values()].flatMap(({ files }) => files.map(({ path }) => path)));
  const made = /^(?:(?:export|transform)\/|records\/[^/]+\/\d+\.jsonl$)/;
  return { test: (path) => made.test(path) && !kept.has(path) };
}

/** Whether this mapping is the one that keeps the rows of its source table as they were read. */
function exports(selected: readonly PlannedMapping[], planned: PlannedMapping): boolean {
  return selected.find(({ source }) => source.name === planned.source.name) === planned;
}

interface Directories {
  readonly exporting: DirectoryWriter;
  readonly transforming: DirectoryWriter;
}

/** Makes both directories sources. One event finishes both. */
async function finishBoth(
  context: RunContext,
  source: Source,
  tables: ReadonlyMap<string, TableSchema>,
  { exporting, transforming }: Directories,
): Promise<void> {
  const { selected, manifest, log } = context;
  const exported: PartFile[] = [];
  const transformed: TransformedPart[] = [];
  const staged = stagedParts(context);
  for (const planned of selected) {
    const { name } = planned.source;
    for (const part of manifest.parts[name] ?? []) {
      const one = staged.get(keyOf(planned.name, part)) as StagedPart;
      const { outcome, files } = one;
      const kept = fileOfPart('export', files, { table: name, part, rows: outcome.read });
      if (kept !== null) exported.push(kept);
      transformed.push({ outcome, file: transformedFile(planned, part, one) });
    }
  }
  failpoint('export-parts-done');
  const { isConsistent, note } = manifest.source ?? source.snapshot;
  const snapshot = { isConsistent, note };
  const names = new Set(selected.map((m) => m.source.name));
  await exporting.finish(
    [...names].map((name) => tables.get(name) as TableSchema),
    exported,
    snapshot,
  );
  failpoint('export-done');
  await finishTransform(context, transforming, transformed, snapshot);
  await log.append('finished', { directory: 'export, transform' }, ['export/manifest.json', ...finishedTransform]);
}
