import type { Adjustment, MappedRow } from '../core/mapping/mapper.ts';
import { selectMappings } from '../core/mapping/plan/selection.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { Value } from '../core/model/value.ts';
import type { PipelineModule } from '../core/validation/validator.ts';
import { planOrRefuse } from '../engine/run-context.ts';
import { typeReaders } from '../operations/engine-options.ts';
import { loadPipeline } from '../operations/modules/load-pipeline.ts';
import { parametersOf } from '../operations/option-values.ts';

/** What became of one source row. Exactly one of `row`, `reject` and `filter` is set. */
export interface TestedRow extends Pick<MappedRow, 'reject' | 'filter'> {
  /** Target column → value. */
  readonly row: Readonly<Record<string, Value>> | null;
  readonly adjustments: readonly Adjustment[];
}

/**
 * Maps one row as a run does, without a database. References are computed, but nothing resolves them.
 *
 * @param pipeline its name, its path, or the pipeline itself.
 * @param table the source or target table of the mapping.
 * @param values source column → canonical value (`docs/formats.md`); a column that is missing is null.
 * @throws WaybillError 'plan-refused' with all problems of the pipeline; 'usage' when the row or the table is not one of the
 * mapping; 'source-missing-table' when a rule must see a whole table.
 */
export async function mapRow(
  pipeline: string | PipelineModule,
  table: string,
  values: Readonly<Record<string, Value>>,
  param: Readonly<Record<string, string>> = {},
): Promise<TestedRow> {
  const loaded = await loadPipeline(pipeline);
  const types = await typeReaders(loaded);
  const plan = planOrRefuse({ pipeline: loaded, params: parametersOf(loaded, param), types });
  const [planned, other] = selectMappings(plan, [table]);
  if (planned === undefined || other !== undefined) throw severalMappings(table);
  const { source, columns } = planned;
  const unknown = Object.keys(values).find((name) => !source.columns.some((column) => column.name === name));
  if (unknown !== undefined) throw unknownColumn(source.name, unknown);
  const { row, reject, filter, adjustments } = planned
    .mapper()
    .map(source.columns.map(({ name }) => values[name] ?? null));
  const named = row === null ? null : Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]));
  return { row: named, reject, filter, adjustments };
}

function severalMappings(table: string): WaybillError {
  return new WaybillError('usage', `Several mappings have the table ${table}.`, {
    hint: 'Give the full name of the source table, or the target table.',
  });
}

function unknownColumn(table: string, column: string): WaybillError {
  return new WaybillError('usage', `The table ${table} has no column ${column}.`, {
    hint: 'Give the columns of the contract.',
  });
}
