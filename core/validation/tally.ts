import type { PlannedMapping } from '../mapping/plan/plan.ts';
import type { PartOutcome, ResolvedRow } from '../ports/ledger.ts';

/** The counts of one mapping's rows and values: read = loaded + rejected + filtered. */
export type Tally = Omit<PartOutcome, 'digest'>;

/**
 * Sums the ledger rows of one mapping and corrects them by reference resolution, which ran after the load. A row that it
 * removed was loaded before and is rejected now. A reference that it set to null is one more adjustment.
 */
export function tallyOf(entries: readonly PartOutcome[], resolved: readonly ResolvedRow[]): Tally {
  const total = (field: keyof Tally): number => entries.reduce((sum, entry) => sum + entry[field], 0);
  const takenOut = resolved.filter((s) => s.action === 'reject').length;
  return {
    read: total('read'),
    loaded: total('loaded') - takenOut,
    rejected: total('rejected') + takenOut,
    filtered: total('filtered'),
    adjusted: total('adjusted') + resolved.length - takenOut,
  };
}

/**
 * Selects the resolved rows of one mapping. Resolution knows only tables: where several mappings feed one table, its rows
 * count for the first mapping, so that each counts once.
 */
export function resolvedOf(
  planned: PlannedMapping,
  mappings: readonly PlannedMapping[],
  resolved: readonly ResolvedRow[],
): readonly ResolvedRow[] {
  const first = mappings.find((m) => m.target.name === planned.target.name);
  return first?.name === planned.name ? resolved.filter((s) => s.table === planned.target.name) : [];
}

/** Selects the mappings that feed one target table. With more than one, a target row does not show which mapping made it. */
export function mappingsTo(table: string, mappings: readonly PlannedMapping[]): readonly PlannedMapping[] {
  return mappings.filter((m) => m.target.name === table);
}
