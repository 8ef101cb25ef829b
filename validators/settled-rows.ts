import type { PlannedMapping } from '../core/plan.ts';
import type { Settled } from '../core/ports.ts';
import { rowText, valueText } from '../core/row-text.ts';
import type { Row, Value } from '../core/value.ts';
import { lineKey } from './line-key.ts';

/** What settling made of a loaded row; the very same one when it left it alone, null when it took it out. */
export type SettleRow = (row: Row) => Row | null;

/**
 * Repeats on a mapped row what settling recorded of it; null when it recorded nothing of this table. A record is only
 * believed when the reference it names stands in the row: one that names another value changes nothing here, so the row
 * shows as a difference.
 */
export function settlingOf(planned: PlannedMapping, settled: readonly Settled[]): SettleRow | null {
  const columns = planned.columns.map((c) => c.name);
  const key = lineKey(planned.target, columns);
  const changes = changesByKey(planned, settled);
  if (changes.size === 0 || key.columns.length === 0) return null;
  const places = key.columns.map((name) => columns.indexOf(name));
  return (row) => {
    const own = changes.get(rowText(places.map((place) => row[place] as Value)));
    return own === undefined ? row : settleRow(row, own, columns);
  };
}

/** Keys of settled rows are values; here they stand as canonical text. */
function changesByKey(planned: PlannedMapping, settled: readonly Settled[]): Map<string, Settled[]> {
  const changes = new Map<string, Settled[]>();
  for (const one of settled) {
    if (one.table !== planned.target.name) continue;
    const key = rowText(one.key);
    const own = changes.get(key);
    if (own === undefined) changes.set(key, [one]);
    else own.push(one);
  }
  return changes;
}

function settleRow(row: Row, changes: readonly Settled[], columns: readonly string[]): Row | null {
  const cells = [...row];
  for (const { column, value, action } of changes) {
    const place = columns.indexOf(column);
    if (valueText(cells[place] as Value) !== valueText(value)) continue;
    if (action === 'reject') return null;
    cells[place] = null;
  }
  return cells;
}
