import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { DirectoryWriter, PartFile } from '../../core/ports/directory.ts';
import type { Part, Snapshot } from '../../core/ports/source.ts';
import { failpoint } from '../failpoint.ts';
import { writeRunFile } from '../journal/run-file.ts';
import { pipelineArgument } from '../options.ts';
import type { MapCounts } from '../parts/map-part.ts';
import { transformedTable } from '../parts/transformed-mapping.ts';
import type { RunContext } from '../run-context.ts';

export const outcomeShape = z.strictObject({
  mapping: z.string(),
  part: z.int(),
  read: z.int(),
  rejected: z.int(),
  filtered: z.int(),
  adjusted: z.int(),
});

/** The counts of one mapped part. They are kept beside the transformed rows so that the load can reconcile them. */
export type TransformOutcome = z.infer<typeof outcomeShape>;

/** The outcome of a part of a mapping. */
export function outcomeOf({ name }: PlannedMapping, { number }: Part, counts: MapCounts): TransformOutcome {
  return { mapping: name, part: number, ...counts };
}

/** A mapped part: its file in the transform directory and its counts. */
export interface TransformedPart {
  readonly file: PartFile;
  readonly outcome: TransformOutcome;
}

/** The files that make a transform directory complete, in the run folder. */
export const finishedTransform = ['transform/manifest.json', 'transform/outcomes.json'] as const;

/** Writes them. */
export async function finishTransform(
  context: RunContext,
  writer: DirectoryWriter,
  parts: readonly TransformedPart[],
  snapshot: Snapshot,
): Promise<void> {
  failpoint('transform-parts-done');
  await writeRunFile(outcomesPath(context), [`${JSON.stringify(parts.map((p) => p.outcome))}\n`]);
  failpoint('transform-outcomes-kept');
  const files = parts.map((p) => p.file);
  await writer.finish(context.selected.map(transformedTable), files, snapshot);
  failpoint('transform-done');
}

/** @throws WaybillError 'run-unfinished' when the transform of this run did not finish. */
export async function readOutcomes(context: RunContext): Promise<readonly TransformOutcome[]> {
  try {
    return z.array(outcomeShape).parse(JSON.parse(await readFile(outcomesPath(context), 'utf8')));
  } catch (cause) {
    throw new WaybillError('run-unfinished', `Run ${context.folder.run} has no finished transform to import.`, {
      hint: `Finish it first: waybill transform ${pipelineArgument(context.options)} --run ${context.folder.run}`,
      cause,
    });
  }
}

function outcomesPath(context: RunContext): string {
  return join(context.folder.transformPath, 'outcomes.json');
}
