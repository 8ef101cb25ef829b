import { rowText } from '../../../core/model/row-text.ts';
import type { Reference, ResolvedRow } from '../../../core/ports/ledger.ts';
import { type MemoryDatabase, places, tableIn } from '../../validators/memory.ts';

/** Resolves references until nothing changes. @returns the resolved rows, in order. */
export function resolveIn(database: MemoryDatabase, references: readonly Reference[]): ResolvedRow[] {
  const resolved: ResolvedRow[] = [];
  for (let last = -1; last < resolved.length; ) {
    last = resolved.length;
    for (const reference of references) resolved.push(...resolveOne(database, reference));
  }
  return resolved;
}

function resolveOne(database: MemoryDatabase, reference: Reference): ResolvedRow[] {
  const { table, column, parent, orphan: action } = reference;
  const child = tableIn(database, table);
  const [at = 0] = places(child.schema, [column]);
  const [parentAt = 0] = places(tableIn(database, parent).schema, [reference.parentColumn]);
  const parents = new Set(tableIn(database, parent).rows.map((row) => row[parentAt]));
  const lost = child.rows.filter((row) => row[at] !== null && !parents.has(row[at]));
  const resolved = lost.map((row): ResolvedRow => {
    const key = places(child.schema, child.schema.key).map((i) => String(row[i]));
    const line = action === 'reject' ? rowText(row) : null;
    return { table, column, parent, action, key, value: String(row[at]), row: line };
  });
  if (action === 'reject') child.rows = child.rows.filter((row) => !lost.includes(row));
  else for (const row of lost) row[at] = null;
  return resolved;
}
