import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { DirectoryWriter, PartFile } from '../../core/ports/directory.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { fileOfPart } from '../journal/file-facts.ts';
import { pathsIn } from '../journal/run-folder.ts';
import { expectedOf, outcomeShape, transformedTable } from '../parts/part-context.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
import { budgetOf } from '../parts/reject-budget.ts';
import { retryRead } from '../parts/retry.ts';
import { type StagedPart, type StageTask, stagePart } from '../parts/run-part.ts';
import { entryInLedger } from '../parts/target-end.ts';
import { partsOf, type RunContext, runStage } from '../run-context.ts';
import { checkSourceAgain } from './contract-check.ts';
import { fileTask, loadAndNote, noteSeveralMoments, noteUnnoted, outcomesNotIn } from './load.ts';
import { finishedTransform, finishTransform, type TransformedPart } from './transform.ts';

/** Export, transform and load in one pass over the source, part by part; parts that are staged already are not read again. */
export async function loadStaged(
  context: RunContext,
  source: Source,
  tables: ReadonlyMap<string, TableSchema>,
  target: Target,
): Promise<void> {
  const { options, selected, folder } = context;
  const before = stagedParts(context);
  const outcomes = [...before.values()].map((staged) => staged.outcome);
  const remakes = madeAgain(before);
  const work = async (): Promise<number> => {
    options.progress.stage('load', expectedOf(selected, tables, outcomes));
    const ledger = await target.ledger(folder.run);
    await noteUnnoted(context, ledger);
    const stray = (await pathsIn(folder.path)).filter((path) => remakes.test(path));
    for (const path of stray) await rm(join(folder.path, path));
    const exporting = await options.createDirectory(folder.exportPath);
    const transforming = await options.createDirectory(folder.transformPath);
    const budget = budgetOf(context, [...ledger, ...outcomesNotIn(ledger, outcomes)]);
    const isLoaded = new Set(ledger.map((entry) => keyOf(entry.mapping, entry.part)));
    const loaded = await runTables(options, selected, async function* (planned): PartTasks<number> {
      const format = await retryRead(() => target.rowFormat(planned.target.name, planned.columns));
      const ends = { exporting: exports(selected, planned) ? exporting : null, transforming, target, format, budget };
      for (const part of await partsOf(context, source, tables.get(planned.source.name) as TableSchema)) {
        const key = keyOf(planned.name, part);
        if (isLoaded.has(key)) continue;
        const staged = before.get(key);
        if (staged === undefined && before.size > 0) await noteSeveralMoments(context);
        const task: StageTask = { planned, source, part, ...ends };
        yield async () => {
          const { entry, ...files } = staged ? { ...staged, entry: null } : await stagePart(context, task);
          return (entry ?? (await loadFile(context, task, files))).loaded;
        };
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

/** Loads a staged part from its file, unless an acknowledgement was all that was missing. */
async function loadFile(context: RunContext, task: StageTask, staged: StagedPart): Promise<LedgerEntry> {
  const { planned, part, transforming, target, format, budget } = task;
  const source = transforming.partSource(transformedTable(planned), transformedFile(planned, part, staged));
  const load = fileTask(context, planned, { source, part, format }, target, budget, staged.outcome);
  const known = await retryRead(() => entryInLedger(load));
  if (known === null) return loadAndNote(context, { ...load, progress: { ...load.progress, rows: () => undefined } });
  await noteUnnoted(context, [known]);
  return known;
}

/** By mapping and number of the part. */
function stagedParts({ log }: RunContext): ReadonlyMap<string, StagedPart> {
  const told = log.stagedParts.map(({ files, ...event }) => ({ outcome: outcomeShape.strip().parse(event), files }));
  return new Map(told.map((staged) => [keyOf(staged.outcome.mapping, { number: staged.outcome.part }), staged]));
}

function transformedFile(planned: PlannedMapping, part: Part, { outcome, files }: StagedPart): PartFile {
  const rows = outcome.read - outcome.rejected - outcome.filtered;
  return fileOfPart('transform', files, { table: transformedTable(planned).name, part, rows }) as PartFile;
}

/** What a pass makes, but for the files of parts that are staged. */
function madeAgain(staged: ReadonlyMap<string, StagedPart>): { test(path: string): boolean } {
  const kept = new Set([...staged.values()].flatMap(({ files }) => files.map(({ path }) => path)));
  const made = /^(?:(?:export|transform)\/|records\/[^/]+\/\d+\.jsonl$)/;
  return { test: (path) => made.test(path) && !kept.has(path) };
}

/** Whether the rows of its source table are kept as they were read while this mapping is loaded. */
function exports(selected: readonly PlannedMapping[], planned: PlannedMapping): boolean {
  return selected.find(({ source }) => source.name === planned.source.name) === planned;
}

interface Directories {
  readonly exporting: DirectoryWriter;
  readonly transforming: DirectoryWriter;
}

/** Makes both directories sources; the log calls the one finished with the other. */
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
