import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { rowText, valueText } from '../../core/model/row-text.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import { keyOfLine } from './key-of-line.ts';

/** Applies resolving to a loaded row. Returns the same object if nothing changed, null if resolving removed the row. */
export type ResolveRow = (row: Row) => Row | null;

/**
 * Makes a function that repeats on a mapped row what resolving recorded; null when it recorded nothing about this table. A record
 * applies only if the row holds the reference that it names. A record with another value changes nothing, so the row shows
 * as a difference.
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

/** Groups the resolved rows of the table by the canonical text of their key. */
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
