import type { Reference, Settled } from '../../core/ports.ts';
import { rowText } from '../../core/row-text.ts';
import { type MemoryDatabase, places, tableIn } from '../validators/memory.ts';

/** Settles until nothing changes any more. @returns what that took, in order. */
export function settleIn(database: MemoryDatabase, references: readonly Reference[]): Settled[] {
  const settled: Settled[] = [];
  for (let last = -1; last < settled.length; ) {
    last = settled.length;
    for (const reference of references) settled.push(...settleOne(database, reference));
  }
  return settled;
}

function settleOne(database: MemoryDatabase, reference: Reference): Settled[] {
  const { table, column, parent, orphan: action } = reference;
  const child = tableIn(database, table);
  const [at = 0] = places(child.schema, [column]);
  const [parentAt = 0] = places(tableIn(database, parent).schema, [reference.parentColumn]);
  const parents = new Set(tableIn(database, parent).rows.map((row) => row[parentAt]));
  const lost = child.rows.filter((row) => row[at] !== null && !parents.has(row[at]));
  const settled = lost.map((row): Settled => {
    const key = places(child.schema, child.schema.key).map((i) => String(row[i]));
    const line = action === 'reject' ? rowText(row) : null;
    return { table, column, parent, action, key, value: String(row[at]), row: line };
  });
  if (action === 'reject') child.rows = child.rows.filter((row) => !lost.includes(row));
  else for (const row of lost) row[at] = null;
  return settled;
}
