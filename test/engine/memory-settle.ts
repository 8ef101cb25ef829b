import type { Reference, Settled } from '../../core/ports.ts';
import { rowText } from '../../core/row-text.ts';
import type { Value } from '../../core/value.ts';
import { type MemoryDatabase, places, tableIn } from '../validators/memory.ts';

interface Settling {
  readonly database: MemoryDatabase;
  /** What was settled for all runs so far; added to. */
  readonly settled: { readonly run: string; readonly fact: Settled }[];
  readonly run: string;
  readonly references: readonly Reference[];
}

/** Settles until nothing changes any more, and gives all that was settled for the run. */
export function settleIn(settling: Settling): Settled[] {
  while (settling.references.map((reference) => settleOne(settling, reference)).includes(true));
  return settling.settled.filter(({ run }) => run === settling.run).map(({ fact }) => fact);
}

function settleOne({ database, settled, run }: Settling, reference: Reference): boolean {
  const { table, column, parent, orphan: action } = reference;
  const child = tableIn(database, table);
  const [at = 0] = places(child.schema, [column]);
  const [parentAt = 0] = places(tableIn(database, parent).schema, [reference.parentColumn]);
  const parents = new Set(tableIn(database, parent).rows.map((row) => row[parentAt]));
  const lost = child.rows.filter((row) => row[at] !== null && !parents.has(row[at]));
  for (const row of lost) {
    const key = places(child.schema, child.schema.key).map((i) => String(row[i]));
    const value = String(row[at] as Value);
    settled.push({ run, fact: { table, column, parent, action, key, value, row: action === 'reject' ? rowText(row) : null } });
    if (action === 'null') row[at] = null;
  }
  if (action === 'reject') child.rows = child.rows.filter((row) => !lost.includes(row));
  return lost.length > 0;
}
