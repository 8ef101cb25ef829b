import type { PlannedMapping } from '../mapping/plan/plan.ts';
import type { PartOutcome, ResolvedRow } from '../ports/ledger.ts';

/** What became of the rows and values of one mapping: read = loaded + rejected + filtered. */
export type Tally = Omit<PartOutcome, 'digest'>;

/**
 * The account of one mapping: the sums of its ledger rows, corrected by what resolving did after the load. A row that
 * resolving took out was loaded before and is rejected now; a reference that it made null is one adjustment more.
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
 * What was resolved of one mapping's rows. Resolving knows tables only: where several mappings feed one table, all of it
 * counts for the first of them, so that it counts once.
 */
export function resolvedOf(
  planned: PlannedMapping,
  mappings: readonly PlannedMapping[],
  resolved: readonly ResolvedRow[],
): readonly ResolvedRow[] {
  const first = mappings.find((m) => m.target.name === planned.target.name);
  return first?.name === planned.name ? resolved.filter((s) => s.table === planned.target.name) : [];
}

/** The mappings that feed one target table; more than one means that rows of the target cannot be told apart by mapping. */
export function mappingsTo(table: string, mappings: readonly PlannedMapping[]): readonly PlannedMapping[] {
  return mappings.filter((m) => m.target.name === table);
}
