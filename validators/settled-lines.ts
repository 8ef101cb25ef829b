import type { PlannedMapping } from '../core/plan.ts';
import type { Settled } from '../core/ports.ts';
import { valueText } from '../core/row-text.ts';
import { lineKey } from './line-key.ts';

/** What settling made of a loaded line; null when it took the row out. */
export type SettleLine = (line: string) => string | null;

/**
 * Repeats on a mapped line what settling recorded of it. A record is only believed when the reference it names stands in
 * the line: one that names another value changes nothing here, so the row shows as a difference.
 */
export function settlingOf(planned: PlannedMapping, settled: readonly Settled[]): SettleLine {
  const columns = planned.columns.map((c) => c.name);
  const key = lineKey(planned.target, columns);
  const changes = changesByKey(planned, settled);
  if (changes.size === 0 || key.columns.length === 0) return (line) => line;
  return (line) => {
    const own = changes.get(key.keyOf(line));
    return own === undefined ? line : settleLine(line, own, columns);
  };
}

/** Keys of settled rows are values; lines hold them escaped. */
function changesByKey(planned: PlannedMapping, settled: readonly Settled[]): Map<string, Settled[]> {
  const changes = new Map<string, Settled[]>();
  for (const one of settled) {
    if (one.table !== planned.target.name) continue;
    const key = one.key.map(valueText).join('\t');
    const own = changes.get(key);
    if (own === undefined) changes.set(key, [one]);
    else own.push(one);
  }
  return changes;
}

function settleLine(line: string, changes: readonly Settled[], columns: readonly string[]): string | null {
  const cells = line.split('\t');
  for (const { column, value, action } of changes) {
    const place = columns.indexOf(column);
    if (cells[place] !== valueText(value)) continue;
    if (action === 'reject') return null;
    cells[place] = '\\N';
  }
  return cells.join('\t');
}
