import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { isLikeMappedRow, isSourceRow, rowOfReject } from '../../core/mapping/plan/rejected-row.ts';
import { recordedValue } from '../../core/model/records.ts';
import { indexOf } from '../../core/model/row-key.ts';
import { rowText } from '../../core/model/row-text.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { keyOfLine } from './key-of-line.ts';

/** Rows that were mapped and then rejected, because the target or the contract refused them. */
export interface RefusedRows {
  has(row: Row, mapped: Row): boolean;
  /** The mapped rows; a row that the mapping now rejects is left out. */
  readonly mapped: readonly Row[];
}

/**
 * Reads the refused rows of one mapping; null when there are none. Rows that resolving removed are not among them, because they
 * were loaded.
 */
export async function refusedRows(context: ValidationContext, planned: PlannedMapping): Promise<RefusedRows | null> {
  const key = keyOfLine(
    planned.target,
    planned.columns.map((c) => c.name),
  );
  const identity = identityOf(planned.source);
  const sourceRows = new Set<string>();
  const targetKeys = new Set<string>();
  const mapped: Row[] = [];
  const mapper = planned.mapper();
  for await (const record of context.records(planned.name)) {
    if (record.kind !== 'reject') continue;
    const row = rowOfReject(record);
    if (row === null) continue;
    const isOfSource = isSourceRow(planned, record, row);
    if (isOfSource) sourceRows.add(identity(row));
    // A key that the mapping respells does not show on which side it was recorded.
    if (!isOfSource || isLikeMappedRow(planned, record, row)) targetKeys.add(key.keyOf(rowText(row)));
    const loaded = isOfSource ? mapper.map(row).row : row;
    if (loaded !== null) mapped.push(loaded);
  }
  if (sourceRows.size + targetKeys.size === 0) return null;
  const has: RefusedRows['has'] = (row, loaded) =>
    sourceRows.has(identity(row)) || (targetKeys.size > 0 && targetKeys.has(key.keyOf(rowText(loaded))));
  return { has, mapped };
}

/** Writes a text that identifies a source row: its key, or the whole row when the table has no key. */
function identityOf(table: TableSchema): (row: Row) => string {
  const names = table.key.length > 0 ? table.key : table.columns.map((c) => c.name);
  const indexes = names.map((name) => indexOf(table, name));
  return (row) => JSON.stringify(indexes.map((i) => recordedValue(row[i] as Value)));
}
