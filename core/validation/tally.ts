import type { PlannedMapping } from '../mapping/plan/plan.ts';
import type { PartOutcome, ResolvedRow } from '../ports/ledger.ts';

/** Counts of the rows and adjusted values of one mapping: read = loaded + rejected + filtered. */
export type Tally = Omit<PartOutcome, 'digest'>;

/**
 * Sums the ledger rows of one mapping and corrects them by what orphan handling did after the load. A row that it removed
 * was loaded before and counts as rejected now. A reference that it set to null counts as one more adjustment.
 */
export function tallyOf(entries: readonly PartOutcome[], resolved: readonly ResolvedRow[]): Tally {
  const total = (field: keyof Tally): number => entries.reduce((sum, entry) => sum + entry[field], 0);
  const removed = resolved.filter((s) => s.action === 'reject').length;
  return {
    read: total('read'),
    loaded: total('loaded') - removed,
    rejected: total('rejected') + removed,
    filtered: total('filtered'),
    adjusted: total('adjusted') + resolved.length - removed,
  };
}

/** The resolved rows that a mapping loaded. */
export function resolvedOf(planned: PlannedMapping, resolved: readonly ResolvedRow[]): readonly ResolvedRow[] {
  return resolved.filter(({ mapping }) => mapping === planned.name);
}

/** The mappings that feed one target table. If there are several, a target row does not show which one it came from. */
export function mappingsTo(table: string, mappings: readonly PlannedMapping[]): readonly PlannedMapping[] {
  return mappings.filter((m) => m.target.name === table);
}
