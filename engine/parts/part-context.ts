import { z } from 'zod';
import { carrySteps } from '../../core/mapping/mapper.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { RowFormat } from '../../core/model/encoded.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Part } from '../../core/ports/source.ts';
import { mappingFolder } from '../journal/run-folder.ts';
import type { Expected } from '../progress.ts';
import type { RunContext } from '../run-context.ts';
import { rowCheckOf } from './check-rows.ts';
import type { Encoding } from './encode-part.ts';
import type { MapContext } from './map-part.ts';

/** What a part of this mapping is mapped with, but for its records and counts. */

export function mapContext(
  context: RunContext,
  planned: PlannedMapping,
  from: Pick<MapContext, 'source' | 'part' | 'format'>,
): Omit<MapContext, 'records' | 'counts'> {
  const { checkRows, fastPath } = context.options;
  const checkRow = checkRows ? rowCheckOf(planned.source) : null;
  return { run: context.folder.run, planned, ...from, fastPath, allowsPassthrough: false, checkRow };
}
/** `000001`. */

export function partName(part: Part): string {
  return String(part.number).padStart(6, '0');
}
/** The transformed rows of a mapping as a table of the transform directory: its target columns. */

export function transformedTable(planned: PlannedMapping): TableSchema {
  const key = planned.target.key;
  return { name: mappingFolder(planned.name), columns: planned.columns, key, unique: [], estimatedRows: null };
}
/** What mapping one part came to, kept beside the transformed rows so that the load can close the accounts. */

export type TransformOutcome = z.infer<typeof outcomeShape>;
export const outcomeShape = z.strictObject({
  mapping: z.string(),
  part: z.int(),
  read: z.int(),
  rejected: z.int(),
  filtered: z.int(),
  adjusted: z.int(),
});
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
