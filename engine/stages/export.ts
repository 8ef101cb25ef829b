import { rm } from 'node:fs/promises';
import type { TableSchema } from '../../core/model/schema.ts';
import type { PartFile } from '../../core/ports/directory.ts';
import type { Source } from '../../core/ports/source.ts';
import { failpoint } from '../failpoint.ts';
import { noCounts } from '../parts/part-job.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
import { runPart } from '../parts/run-part.ts';
import { partsOf, type RunContext, runStage } from '../run-context.ts';
import { checkSource, checkSourceAgain } from './contract-check.ts';

/**
 * Writes the source tables of the run, all columns, as a JSON Lines directory that is itself a source.
 * @returns the directory.
 */
export async function exportStage(context: RunContext, source: Source): Promise<string> {
  const directory = context.folder.exportPath;
  const tables = await checkSource(context, source);
  const names = new Set(context.selected.map((m) => m.source.name));
  const exported = [...names].map((name) => tables.get(name) as TableSchema);
  const { progress, createDirectory } = context.options;
  await runStage(context, 'export', async () => {
    progress.stage(
      'export',
      exported.map(({ name, estimatedRows }) => ({ table: name, rows: estimatedRows })),
    );
    await rm(directory, { recursive: true, force: true }); // what a stopped export left
    const writer = await createDirectory(directory);
    const files = await runTables(context.options, exported, async function* (table): PartTasks<PartFile> {
      const job = { source, table, planned: null, exporting: { writer, table }, budget: null, before: noCounts };
      for (const part of await partsOf(context, source, table, tables)) {
        yield async () => (await runPart(context, { ...job, part })).exported as PartFile;
      }
    });
    await checkSourceAgain(context, source);
    failpoint('export-parts-done');
    await writer.finish(exported, files, source.snapshot, context.manifest.sequences);
    failpoint('export-done');
    await context.log.append('finished', { directory: 'export' }, ['export/manifest.json']);
    return files.reduce((sum, f) => sum + f.rows, 0);
  });
  return directory;
}
