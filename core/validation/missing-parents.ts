import { candidateIds } from '../mapping/plan/candidate-ids.ts';
import type { PlannedMapping } from '../mapping/plan/plan.ts';
import { isSourceRow, rowOfReject } from '../mapping/plan/rejected-row.ts';
import type { RowRecord } from '../model/records.ts';
import { indexOf } from '../model/row-key.ts';
import { rowText, valueText } from '../model/row-text.ts';
import type { Value } from '../model/value.ts';
import type { Reference, ResolvedRow, UnresolvedReason } from '../ports/ledger.ts';
import { resolvedOf, tallyOf } from './tally.ts';
import type { ValidationContext } from './validator.ts';

/** Parent rows that the source has and the target does not. */
export interface MissingParents {
  /** Why the parent of a resolved row is missing; null when no record shows that it is. */
  reasonOf(row: ResolvedRow): UnresolvedReason | null;
  /** Number of missing rows whose record does not show the referenced values. */
  readonly unknown: number;
}

type Context = Pick<ValidationContext, 'plan' | 'target' | 'ledger' | 'resolved' | 'records'>;

/** The columns by which a reference finds its parent: the identifying one if there is one, otherwise all of them. */
type Lookup = readonly { readonly column: string; readonly parentColumn: string }[];

function lookupOf({ column, parentColumn, also = [], identifying }: Reference): Lookup {
  const pairs = [...also, { column, parentColumn }];
  const key = pairs.filter((pair) => pair.column === identifying);
  return key.length > 0 ? key : pairs;
}

/** The reference that a resolved row had. */
export function referenceOf(references: readonly Reference[], row: ResolvedRow): Reference | undefined {
  return references.find(
    ({ table, column, parent, also = [] }) =>
      table === row.table && column === row.column && parent === row.parent && also.length === row.columns.length - 1,
  );
}

/**
 * Reads the records of the mappings of a parent table and collects the values that its missing rows had in the referenced
 * columns, which are its key or carried. Reads nothing when no row is missing. All values are in memory.
 */
export async function findMissingParents(
  context: Context,
  parents: readonly PlannedMapping[],
  reference: Reference,
): Promise<MissingParents> {
  const reasons = new Map<string, UnresolvedReason>();
  const lookup = lookupOf(reference);
  let unknown = 0;
  for (const parent of parents) unknown += await addMissing(context, parent, lookup, reasons);
  const reasonOf: MissingParents['reasonOf'] = ({ columns, values }) =>
    reasons.get(rowText(lookup.map(({ column }) => values[columns.indexOf(column)] ?? null))) ?? null;
  return { reasonOf, unknown };
}

/** @returns the number of missing rows whose values are unknown. */
async function addMissing(
  context: Context,
  parent: PlannedMapping,
  lookup: Lookup,
  reasons: Map<string, UnresolvedReason>,
): Promise<number> {
  const entries = context.ledger.filter((entry) => entry.mapping === parent.name);
  const { rejected, filtered } = tallyOf(entries, resolvedOf(parent, context.resolved));
  if (rejected + filtered === 0) return 0;
  const isKey = lookup.map(({ parentColumn }) => parentColumn).join() === parent.target.key.join();
  const valuesOf =
    isKey && lookup.length === 1
      ? (record: RowRecord) => candidateIds(context.plan, parent, record.key).map((id) => rowText([id]))
      : await carriedValues(context, parent, lookup);
  let unknown = 0;
  for await (const record of context.records(parent.name)) {
    if (record.kind === 'adjustment') continue;
    const values = valuesOf(record);
    const reason = record.kind === 'reject' ? 'parent-rejected' : 'parent-filtered';
    for (const value of values) addReason(reasons, value, reason);
    if (values.length === 0) unknown++;
  }
  return unknown;
}

/** A row that was filtered because another one took its place may have been rejected as well. */
function addReason(reasons: Map<string, UnresolvedReason>, value: string, reason: UnresolvedReason): void {
  if (reasons.get(value) !== 'parent-rejected') reasons.set(value, reason);
}

/** Reads carried columns from the rows in reject records; filter records hold no row. */
async function carriedValues(
  { target }: Pick<Context, 'target'>,
  parent: PlannedMapping,
  lookup: Lookup,
): Promise<(record: RowRecord) => readonly string[]> {
  const columns = lookup.map(({ parentColumn }) => parentColumn);
  const rules = columns.map((column) => parent.mapping.columns[column]);
  if (!rules.every((rule) => rule?.preserves === 'value')) return () => [];
  const live = (await target.inspector.tables([''])).find((t) => t.name === parent.target.name) ?? parent.target;
  const inLine = columns.map((column) => indexOf(live, column));
  const inSource = rules.map((rule) => indexOf(parent.source, rule?.reads[0] ?? ''));
  const mapped = columns.map((column) => parent.columns.findIndex((c) => c.name === column));
  return (record) => {
    if (record.kind !== 'reject') return [];
    const row = rowOfReject(record);
    if (row === null) {
      const cells = String(record.row).split('\t');
      return [inLine.map((place) => cells[place]).join('\t')];
    }
    const places = isSourceRow(parent, record, row) ? inSource : mapped;
    const values = places.map((place) => row[place] ?? null);
    return values.includes(null) ? [] : [rowText(values.map((value) => valueText(value as Value)))];
  };
}
