import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { isSourceRow, rowOfReject } from '../../core/mapping/plan/rejected-row.ts';
import { rowText } from '../../core/model/row-text.ts';
import type { Row } from '../../core/model/value.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { keyOfLine } from './key-of-line.ts';
import { identityOf } from './recorded-row.ts';

/** Rows that map fine and never arrived, and are kept as rejects: refused by the target or by the contract. */
export interface RefusedRows {
  has(row: Row, mapped: Row): boolean;
  /** What they are mapped to, without those that are no longer mapped. */
  readonly mapped: readonly Row[];
}

/** Reads the rejects of one mapping, null when none is of a row that maps fine; those of resolving are not among them, since their rows were loaded once. */
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
    else targetKeys.add(key.keyOf(rowText(row)));
    const loaded = isOfSource ? mapper.map(row).row : row;
    if (loaded !== null) mapped.push(loaded);
  }
  if (sourceRows.size + targetKeys.size === 0) return null;
  const has: RefusedRows['has'] = (row, loaded) =>
    sourceRows.has(identity(row)) || (targetKeys.size > 0 && targetKeys.has(key.keyOf(rowText(loaded))));
  return { has, mapped };
}
