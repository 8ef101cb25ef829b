import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { rowText, valueText } from '../../core/model/row-text.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import { keyOfLine } from './key-of-line.ts';

/** What resolving made of a loaded row; the very same one when it left it alone, null when it took it out. */
export type ResolveRow = (row: Row) => Row | null;

/**
 * Repeats on a mapped row what resolving recorded of it; null when it recorded nothing of this table. A record is only
 * believed when the reference it names stands in the row: one that names another value changes nothing here, so the row
 * shows as a difference.
 */
export function resolverOf(planned: PlannedMapping, resolved: readonly ResolvedRow[]): ResolveRow | null {
  const columns = planned.columns.map((c) => c.name);
  const key = keyOfLine(planned.target, columns);
  const changes = changesByKey(planned, resolved);
  if (changes.size === 0 || key.columns.length === 0) return null;
  const places = key.columns.map((name) => columns.indexOf(name));
  return (row) => {
    const own = changes.get(rowText(places.map((place) => row[place] as Value)));
    return own === undefined ? row : resolveRow(row, own, columns);
  };
}

/** Keys of resolved rows are values; here they stand as canonical text. */
function changesByKey(planned: PlannedMapping, resolved: readonly ResolvedRow[]): Map<string, ResolvedRow[]> {
  const changes = new Map<string, ResolvedRow[]>();
  for (const one of resolved) {
    if (one.table !== planned.target.name) continue;
    const key = rowText(one.key);
    const own = changes.get(key);
    if (own === undefined) changes.set(key, [one]);
    else own.push(one);
  }
  return changes;
}

function resolveRow(row: Row, changes: readonly ResolvedRow[], columns: readonly string[]): Row | null {
  const cells = [...row];
  for (const { column, value, action } of changes) {
    const place = columns.indexOf(column);
    if (valueText(cells[place] as Value) !== valueText(value)) continue;
    if (action === 'reject') return null;
    cells[place] = null;
  }
  return cells;
}
