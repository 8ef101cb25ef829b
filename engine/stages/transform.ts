import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WaybillError } from '../../core/model/errors.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { DirectoryWriter, PartFile } from '../../core/ports/directory.ts';
import type { Snapshot, Source } from '../../core/ports/source.ts';
import { failingBatches, failpoint } from '../failpoint.ts';
import { writeAtomically } from '../journal/atomic-file.ts';
import { factsOfPart } from '../journal/file-facts.ts';
import { RowRecords, recordsFile } from '../journal/row-records.ts';
import { rowsOf } from '../parts/encode-part.ts';
import { type MapContext, type MapCounts, mapPart } from '../parts/map-part.ts';
import {
  expectedOf,
  mapContext,
  outcomeShape,
  partName,
  type TransformOutcome,
  transformedTable,
} from '../parts/part-context.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
import { budgetOf, type RejectBudget } from '../parts/reject-budget.ts';
import { partsOf, type RunContext, runStage } from '../run-context.ts';
import { checkSource } from './contract-check.ts';

/** Maps a source, usually an export directory, into the run's transform directory; rejects and adjustments are recorded. */
export async function transformStage(context: RunContext, source: Source): Promise<void> {
  const tables = await checkSource(context, source);
  const { progress } = context.options;
  await runStage(context, 'transform', async () => {
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
  const records = new RowRecords(context.folder.recordsPath, planned.name, partName(part));
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
