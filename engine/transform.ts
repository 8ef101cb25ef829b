import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DirectoryWriter, PartFile } from '../core/directory.ts';
import { WaybillError } from '../core/errors.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Part, Snapshot, Source } from '../core/ports.ts';
import type { TableSchema } from '../core/schema.ts';
import { writeAtomically } from './atomic-file.ts';
import { rowCheckOf } from './check-rows.ts';
import { rowsOf } from './encode-part.ts';
import { failingBatches, failpoint } from './failpoint.ts';
import { factsOfPart } from './file-facts.ts';
import { folderOf } from './folder-of.ts';
import { type MapContext, type MapCounts, mapPart } from './map-part.ts';
import { PartRecords, recordsFile } from './part-records.ts';
import type { Expected } from './progress.ts';
import { budgetOf, type RejectBudget } from './reject-budget.ts';
import { checkSource, partsOf, type RunContext, timedStage } from './run-context.ts';
import { type PartTasks, runTables } from './run-tables.ts';

export const outcomeShape = z.strictObject({
  mapping: z.string(),
  part: z.int(),
  read: z.int(),
  rejected: z.int(),
  filtered: z.int(),
  adjusted: z.int(),
});

/** What mapping one part came to, kept beside the transformed rows so that the load can close the accounts. */
export type TransformOutcome = z.infer<typeof outcomeShape>;

/** The transformed rows of a mapping as a table of the transform directory: its target columns. */
export function transformedTable(planned: PlannedMapping): TableSchema {
  const key = planned.target.key;
  return { name: folderOf(planned.name), columns: planned.columns, key, unique: [], estimatedRows: null };
}

/** Maps a source, usually an export directory, into the run's transform directory; rejects and adjustments are recorded. */
export async function transformStage(context: RunContext, source: Source): Promise<void> {
  const tables = await checkSource(context, source);
  const { progress } = context.options;
  await timedStage(context, 'transform', async () => {
    progress.stage('transform', expectedOf(context.selected, tables));
    await rm(context.folder.transformPath, { recursive: true, force: true }); // what a stopped one left
    const writer = await context.options.createDirectory(context.folder.transformPath);
    const budget = budgetOf(context, []);
    const parts = await runTables(
      context.options,
      context.selected,
      async function* (planned): PartTasks<TransformedPart> {
        const table = tables.get(planned.source.name) as TableSchema;
        const format = writer.rowFormat(planned.columns);
        for (const part of await partsOf(context, source, table)) {
          yield () => transformPart(context, { planned, source, part, format, writer, budget });
        }
      },
    );
    budget.close();
    await finishTransform(context, writer, parts, source.snapshot);
    await context.log.append('finished', { directory: 'transform' }, finishedTransform);
    return parts.reduce((sum, { outcome: { read } }) => sum + read, 0);
  });
}

/** The files that make a transform directory whole, in the run folder. */
export const finishedTransform = ['transform/manifest.json', 'transform/outcomes.json'] as const;

/** Writes them. */
export async function finishTransform(
  context: RunContext,
  writer: DirectoryWriter,
  parts: readonly TransformedPart[],
  snapshot: Snapshot,
): Promise<void> {
  failpoint('transform-parts-done');
  await writeAtomically(outcomesPath(context), [`${JSON.stringify(parts.map((p) => p.outcome))}\n`]);
  failpoint('transform-outcomes-kept');
  const files = parts.map((p) => p.file);
  await writer.finish(context.selected.map(transformedTable), files, snapshot);
  failpoint('transform-done');
}

/** The rows that each mapping will read, as its source table estimates them, but for those that were read before. */
export function expectedOf(
  mappings: readonly PlannedMapping[],
  tables: ReadonlyMap<string, TableSchema>,
  before: readonly { readonly mapping: string; readonly read: number }[] = [],
): readonly Expected[] {
  return mappings.map(({ name, source }) => {
    const own = before.filter(({ mapping }) => mapping === name);
    const estimate = tables.get(source.name)?.estimatedRows ?? null;
    const rows = estimate && Math.max(estimate - own.reduce((sum, { read }) => sum + read, 0), 0);
    return { table: name, rows };
  });
}

interface TransformTask extends Pick<MapContext, 'planned' | 'source' | 'part' | 'format'> {
  readonly writer: DirectoryWriter;
  readonly budget: RejectBudget;
}

export interface TransformedPart {
  readonly file: PartFile;
  readonly outcome: TransformOutcome;
}

async function transformPart(context: RunContext, task: TransformTask): Promise<TransformedPart> {
  const { planned, source, part, format, writer, budget } = task;
  const counts: MapCounts = { read: 0, rejected: 0, filtered: 0, adjusted: 0 };
  const records = new PartRecords(context.folder.recordsPath, planned.name, partName(part));
  const map: MapContext = { ...mapContext(context, planned, { source, part, format }), records, counts };
  const { progress } = context.options;
  const tell = (read: number, bytes: number): void => progress.rows(planned.name, read, bytes);
  try {
    const rows = failingBatches(rowsOf(mapPart(map), tell), 'transform-batch', 'transform-rows-written');
    const file = await writer.writePart(transformedTable(planned), part, rows);
    failpoint('transform-part-named');
    budget.spend(planned.name, counts);
    await records.keep();
    failpoint('transform-records-kept');
    const outcome = { mapping: planned.name, part: part.number, ...counts };
    const left = [factsOfPart('transform', file), recordsFile(planned.name, partName(part))];
    await context.log.append('transformed', outcome, left);
    progress.records(planned.name, counts);
    return { file, outcome };
  } catch (error) {
    await records.giveUp(error);
    throw error;
  }
}

/** What a part of this mapping is mapped with, but for its records and counts. */
export function mapContext(
  context: RunContext,
  planned: PlannedMapping,
  from: Pick<MapContext, 'source' | 'part' | 'format'>,
): Omit<MapContext, 'records' | 'counts'> {
  const { checkRows, fastPath } = context.options;
  const checkRow = checkRows ? rowCheckOf(planned.source) : null;
  return { run: context.folder.run, planned, ...from, fastPath, forwards: false, checkRow };
}

/** `000001`. */
export function partName(part: Part): string {
  return String(part.number).padStart(6, '0');
}

/** @throws WaybillError 'run-unfinished' when the transform of this run did not end. */
export async function readOutcomes(context: RunContext): Promise<readonly TransformOutcome[]> {
  try {
    return z.array(outcomeShape).parse(JSON.parse(await readFile(outcomesPath(context), 'utf8')));
  } catch (cause) {
    throw new WaybillError('run-unfinished', `Run ${context.folder.run} has no finished transform to import.`, {
      hint: `Finish it first: waybill transform ${context.plan.pipeline.name} --run ${context.folder.run}`,
      cause,
    });
  }
}

function outcomesPath(context: RunContext): string {
  return join(context.folder.transformPath, 'outcomes.json');
}
