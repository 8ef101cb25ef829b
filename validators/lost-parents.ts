import type { ValidationContext } from '../core/check.ts';
import { idsOfRecord } from '../core/ids-of-record.ts';
import type { PlannedMapping } from '../core/plan.ts';
import { accountOfMapping } from './relation-sides.ts';

/** Ids of rows that exist in the source and not in the target: rejected, filtered, or taken out by settling. */
export interface LostParents {
  has(id: string): boolean;
  /** Lost rows whose id cannot be told from their record. */
  readonly unknown: number;
}

/** Reads the records of one parent table; cheap when no row of it was lost. */
export async function lostParents(context: ValidationContext, parent: PlannedMapping): Promise<LostParents> {
  const ids = new Set<string>();
  let unknown = 0;
  const { rejected, filtered } = accountOfMapping(context, parent);
  if (rejected + filtered === 0) return { has: () => false, unknown };
  for await (const { kind, key } of context.records(parent.name)) {
    if (kind === 'adjustment') continue;
    const own = idsOfRecord(context.plan, parent, key);
    for (const id of own) ids.add(id);
    if (own.length === 0) unknown++;
  }
  return { has: (id) => ids.has(id), unknown };
}
