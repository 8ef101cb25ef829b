import type { PartFile } from '../core/directory.ts';
import type { RowFormat } from '../core/encoded.ts';
import { WaybillError } from '../core/errors.ts';
import { carrySteps } from '../core/mapper.ts';
import type { Source } from '../core/ports.ts';
import type { TableSchema } from '../core/schema.ts';
import { type EncodeTask, encodePart, rowsOf } from './encode-part.ts';
import { runParallel } from './parallel.ts';
import { checkSource, partsOf, type RunContext, timedStage } from './run-context.ts';
import { stopIfAsked } from './stop.ts';

/**
 * Writes the source tables of the run, all columns, as a JSON Lines directory that is itself a source.
 * @returns the directory.
 */
export async function exportStage(context: RunContext, source: Source): Promise<string> {
  const directory = context.folder.exportPath;
  const tables = await checkSource(context, source);
  const names = [...new Set(context.selected.map((m) => m.source.name))];
  await timedStage(context, 'export', async () => {
    context.options.progress.stage('export', estimateOf(names, tables));
    const writer = await context.options.createDirectory(directory);
    const tasks = async function* (): AsyncGenerator<() => Promise<PartFile>> {
      for (const name of names) {
        const table = tables.get(name) as TableSchema;
        const carried = carryTask(context, source, table, writer.rowFormat(table.columns));
        for (const part of await partsOf(context, source, table)) {
          stopIfAsked(context.options);
          yield async () => {
            const file = await writer.writePart(table, part, rowsOf(encodePart({ ...carried, part })));
            context.options.progress.rows(name, file.rows);
            return file;
          };
        }
      }
    };
    const files = await runParallel(tasks(), context.options.jobs);
    await writer.finish(
      names.map((name) => tables.get(name) as TableSchema),
      files,
      source.snapshot,
    );
    return files.reduce((sum, f) => sum + f.rows, 0);
  });
  return directory;
}

function carryTask(
  { options }: RunContext,
  source: Source,
  table: TableSchema,
  format: RowFormat,
): Omit<EncodeTask, 'part'> {
  const { columns } = table;
  return {
    ...{ source, table, columns, format },
    steps: carrySteps(columns),
    filter: undefined,
    fastPath: options.fastPath,
    mapRow: async (row) => row,
    onFault: async (_, { place }) => {
      throw new WaybillError('internal', `${table.name}.${columns[place]?.name} holds what cannot be written.`, {
        hint: 'Report this with the table definition.',
      });
    },
  };
}

/** Rows to expect of these tables; null when any of them is anybody's guess. */
export function estimateOf(names: readonly string[], tables: ReadonlyMap<string, TableSchema>): number | null {
  let sum = 0;
  for (const name of names) {
    const rows = tables.get(name)?.estimatedRows ?? null;
    if (rows === null) return null;
    sum += rows;
  }
  return sum;
}
