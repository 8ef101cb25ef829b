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
  const { table, column, parent, orphan } = reference;
  const child = tableIn(database, table);
  const [at = 0] = places(child.schema, [column]);
  const [parentAt = 0] = places(tableIn(database, parent).schema, [reference.parentColumn]);
  const parents = new Set(tableIn(database, parent).rows.map((row) => row[parentAt]));
  const lost = child.rows.filter((row) => row[at] !== null && !parents.has(row[at]));
  const resolved = lost.map((row): ResolvedRow => {
    const key = places(child.schema, child.schema.key).map((i) => String(row[i]));
    const line = orphan === 'reject' ? rowText(row) : null;
    return resolvedRow(reference, key, String(row[at]), line);
  });
  if (orphan === 'reject') child.rows = child.rows.filter((row) => !lost.includes(row));
  else for (const row of lost) row[at] = null;
  return resolved;
}

let lastId = 0;

/** A resolved row of a reference with one column. */
export function resolvedRow(
  reference: Reference,
  key: readonly string[],
  value: string,
  row: string | null,
): ResolvedRow {
  const { table, column, parent, mapping, orphan: action } = reference;
  const id = String(++lastId);
  const about = { id, mapping, reason: 'orphan', columns: [column], values: [value], disagreeing: [] } as const;
  return { ...about, table, column, parent, action, key, value, row };
}
