import { rm } from 'node:fs/promises';
import type { TableSchema } from '../../core/model/schema.ts';
import type { PartFile } from '../../core/ports/directory.ts';
import type { Source } from '../../core/ports/source.ts';
import { noCounts } from '../parts/part-job.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
import { budgetOf } from '../parts/reject-budget.ts';
import { runPart } from '../parts/run-part.ts';
import { transformedTable } from '../parts/transformed-mapping.ts';
import { partsOf, type RunContext, runStage } from '../run-context.ts';
import { checkSource } from './contract-check.ts';
import { expectedProgress } from './expected-progress.ts';
import { finishedTransform, finishTransform, outcomeOf, type TransformedPart } from './transform-directory.ts';

/** Maps a source, usually an export directory, into the run's transform directory. Rejects and adjustments are recorded. */
export async function transformStage(context: RunContext, source: Source): Promise<void> {
  const tables = await checkSource(context, source);
  const { progress } = context.options;
  await runStage(context, 'transform', async () => {
    progress.stage('transform', expectedProgress(context.selected, tables));
    await rm(context.folder.transformPath, { recursive: true, force: true }); // what a stopped transform left
    const writer = await context.options.createDirectory(context.folder.transformPath);
    const budget = budgetOf(context, []);
    const parts = await runTables(
      context.options,
      context.selected,
      async function* (planned): PartTasks<TransformedPart> {
        const transforming = { writer, table: transformedTable(planned) };
        const job = { source, table: planned.source, planned, transforming, budget, before: noCounts };
        for (const part of await partsOf(context, source, tables.get(planned.source.name) as TableSchema, tables)) {
          yield async () => {
            const { transformed, counts } = await runPart(context, { ...job, part });
            return { file: transformed as PartFile, outcome: outcomeOf(planned, part, counts) };
          };
        }
      },
    );
    budget.close();
    await finishTransform(context, writer, parts, source.snapshot);
    await context.log.append('finished', { directory: 'transform' }, finishedTransform);
    return parts.reduce((sum, { outcome: { read } }) => sum + read, 0);
  });
}
