import { rm } from 'node:fs/promises';
import type { PartFile } from '../core/directory.ts';
import type { RowFormat } from '../core/encoded.ts';
import { WaybillError } from '../core/errors.ts';
import { carrySteps } from '../core/mapper.ts';
import type { Source } from '../core/ports.ts';
import type { TableSchema } from '../core/schema.ts';
import { type Encoding, encodePart, rowsOf } from './encode-part.ts';
import { failingBatches, failpoint } from './failpoint.ts';
import { factsOfPart } from './file-facts.ts';
import { checkSource, checkSourceAgain, partsOf, type RunContext, timedStage } from './run-context.ts';
import { type PartTasks, runTables } from './run-tables.ts';

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
  await timedStage(context, 'export', async () => {
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
        const rows = rowsOf(encodePart({ source, table, part, forwards: false, ...carried }), tell);
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

/** How the rows of a source table are kept as they are. */
export function carryEncoding(
  { options }: Pick<RunContext, 'options'>,
  { name, columns }: TableSchema,
  format: RowFormat,
): Encoding {
  return {
    ...{ columns, format, filter: undefined },
    steps: carrySteps(columns),
    fastPath: options.fastPath,
    mapRow: async (row) => row,
    onFault: async (_, { place }) => {
      throw new WaybillError('internal', `${name}.${columns[place]?.name} holds what cannot be written.`, {
        hint: 'Report this with the table definition.',
      });
    },
  };
}
