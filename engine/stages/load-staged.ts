import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { DirectoryWriter, PartFile } from '../../core/ports/directory.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { type FileFacts, fileOfPart } from '../journal/file-facts.ts';
import { pathsIn } from '../journal/run-folder.ts';
import { fileJob, noCounts, type PartJob } from '../parts/part-job.ts';
import { budgetOf, type RejectBudget } from '../parts/reject-budget.ts';
import { runPart } from '../parts/run-part.ts';
import type { LoadTarget } from '../parts/target-end.ts';
import { transformedTable } from '../parts/transformed-mapping.ts';
import { partsOf, type RunContext } from '../run-context.ts';
import { checkSourceAgain } from './contract-check.ts';
import { expectedProgress } from './expected-progress.ts';
import { type Loading, loadAll, loadTargetOf, noteSeveralMoments, outcomesNotIn } from './load.ts';
import {
  finishedTransform,
  finishTransform,
  outcomeShape,
  type TransformedPart,
  type TransformOutcome,
} from './transform-directory.ts';

/** A part whose files and records are durable and in the log. */
interface StagedPart {
  readonly outcome: TransformOutcome;
  readonly files: readonly FileFacts[];
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
  const done = await target.ledger(folder.run);
  const budget = budgetOf(context, [...done, ...outcomesNotIn(done, outcomes)]);
  const exporting = await options.createDirectory(folder.exportPath);
  const transforming = await options.createDirectory(folder.transformPath);
  const loading: Loading = {
    ...{ done, budget, remakes },
    expected: expectedProgress(selected, tables, outcomes),
    prepare: async () => {
      const stray = (await pathsIn(folder.path)).filter((path) => remakes.test(path));
      for (const path of stray) await rm(join(folder.path, path));
    },
    finish: async () => {
      await checkSourceAgain(context, source);
      await finishBoth(context, source, tables, { exporting, transforming });
    },
  };
  await loadAll(context, loading, async function* (planned, isDone) {
    const loadTarget = await loadTargetOf(target, planned);
    const common = { planned, budget, loading: loadTarget };
    const kept = exports(selected, planned) ? { writer: exporting, table: planned.source } : null;
    const mapped = { writer: transforming, table: transformedTable(planned) };
    const ends = { ...common, exporting: kept, transforming: mapped, before: noCounts };
    for (const part of await partsOf(context, source, tables.get(planned.source.name) as TableSchema, tables)) {
      if (isDone(part)) continue;
      const staged = before.get(keyOf(planned.name, part));
      if (staged === undefined && before.size > 0) await noteSeveralMoments(context);
      yield () =>
        runPart(
          context,
          staged === undefined
            ? { ...ends, source, table: planned.source, part }
            : stagedJob(planned, part, staged, { ...common, transforming }),
        );
    }
  });
}

function keyOf(mapping: string, { number }: Pick<Part, 'number'>): string {
  return `${mapping} ${number}`;
}

/** Loads a part from its file that an earlier process staged. */
function stagedJob(
  planned: PlannedMapping,
  part: Part,
  staged: StagedPart,
  to: { readonly transforming: DirectoryWriter; readonly loading: LoadTarget; readonly budget: RejectBudget },
): PartJob {
  const { transforming, loading, budget } = to;
  const source = transforming.partSource(transformedTable(planned), transformedFile(planned, part, staged));
  const { mapping: _, part: __, ...before } = staged.outcome;
  return fileJob(planned, { source, part, loading, budget, before, isRetried: true });
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
    manifest.sequences,
  );
  failpoint('export-done');
  await finishTransform(context, transforming, transformed, snapshot);
  await log.append('finished', { directory: 'export, transform' }, ['export/manifest.json', ...finishedTransform]);
}
