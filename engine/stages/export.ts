import { rm } from 'node:fs/promises';
import type { TableSchema } from '../../core/model/schema.ts';
import type { PartFile } from '../../core/ports/directory.ts';
import type { Source } from '../../core/ports/source.ts';
import { failingBatches, failpoint } from '../failpoint.ts';
import { factsOfPart } from '../journal/file-facts.ts';
import { encodePart, rowsOf } from '../parts/encode-part.ts';
import { carryEncoding } from '../parts/part-context.ts';
import { type PartTasks, runTables } from '../parts/part-loop.ts';
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
      const carried = carryEncoding(context, table, writer.rowFormat(table.columns));
      const tell = (read: number, bytes: number): void => progress.rows(table.name, read, bytes);
      for (const part of await partsOf(context, source, table)) {
        const rows = rowsOf(encodePart({ source, table, part, allowsPassthrough: false, ...carried }), tell);
        yield async () => {
          const file = await writer.writePart(table, part, failingBatches(rows, 'export-batch', 'export-rows-written'));
          failpoint('export-part-named');
          const facts = { table: table.name, part: part.number, rows: file.rows };
          await context.log.append('exported', facts, [factsOfPart('export', file)]);
          return file;
        };
      }
    });
    await checkSourceAgain(context, source);
    failpoint('export-parts-done');
    await writer.finish(exported, files, source.snapshot);
    failpoint('export-done');
    await context.log.append('finished', { directory: 'export' }, ['export/manifest.json']);
    return files.reduce((sum, f) => sum + f.rows, 0);
  });
  return directory;
}
