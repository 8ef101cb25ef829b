import type { ValidationContext } from '../core/check.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { RejectRecord } from '../core/records.ts';
import { rowKey } from '../core/row-key.ts';
import { rowText } from '../core/row-text.ts';
import type { Row } from '../core/value.ts';
import { lineKey } from './line-key.ts';
import { identityOf, rowOfReject } from './recorded-row.ts';

/** Whether a row that maps fine never arrived, and is kept as a reject: refused by the target or by the contract. */
export type IsRefused = (row: Row, mapped: Row) => boolean;

/** Reads the rejects of one mapping, null when none is of a row that maps fine; those of settling are not among them, since their rows were loaded once. */
export async function refusedRows(context: ValidationContext, planned: PlannedMapping): Promise<IsRefused | null> {
  const key = lineKey(
    planned.target,
    planned.columns.map((c) => c.name),
  );
  const identity = identityOf(planned.source);
  const sourceRows = new Set<string>();
  const targetKeys = new Set<string>();
  for await (const record of context.records(planned.name)) {
    if (record.kind !== 'reject') continue;
    const row = rowOfReject(record);
    if (row === null) continue;
    if (isSourceRow(planned, record, row)) sourceRows.add(identity(row));
    else targetKeys.add(key.keyOf(rowText(row)));
  }
  if (sourceRows.size + targetKeys.size === 0) return null;
  return (row, mapped) =>
    sourceRows.has(identity(row)) || (targetKeys.size > 0 && targetKeys.has(key.keyOf(rowText(mapped))));
}

/** A staged load keeps the row that it was given, which was mapped already; the record's key tells the two apart. */
export function isSourceRow({ source, columns, target }: PlannedMapping, { key }: RejectRecord, row: Row): boolean {
  if (row.length !== source.columns.length) return false;
  if (row.length !== columns.length) return true;
  const mapped = { ...target, columns };
  return source.key.length > 0 ? rowKey(source, row) === key : rowKey(mapped, row) !== key;
}
