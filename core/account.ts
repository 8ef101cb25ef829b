import type { PlannedMapping } from './plan.ts';
import type { PartOutcome, Settled } from './ports.ts';

/** What became of the rows and values of one mapping: read = loaded + rejected + filtered. */
export type Account = Omit<PartOutcome, 'digest'>;

/**
 * The account of one mapping: the sums of its ledger rows, corrected by what settling did after the load. A row that
 * settling took out was loaded before and is rejected now; a reference that it made null is one adjustment more.
 */
export function accountOf(entries: readonly PartOutcome[], settled: readonly Settled[]): Account {
  const total = (field: keyof Account): number => entries.reduce((sum, entry) => sum + entry[field], 0);
  const takenOut = settled.filter((s) => s.action === 'reject').length;
  return {
    read: total('read'),
    loaded: total('loaded') - takenOut,
    rejected: total('rejected') + takenOut,
    filtered: total('filtered'),
    adjusted: total('adjusted') + settled.length - takenOut,
  };
}

/**
 * What was settled of one mapping's rows. Settling knows tables only: where several mappings feed one table, all of it
 * counts for the first of them, so that it counts once.
 */
export function settledOf(
  planned: PlannedMapping,
  mappings: readonly PlannedMapping[],
  settled: readonly Settled[],
): readonly Settled[] {
  const first = mappings.find((m) => m.target.name === planned.target.name);
  return first?.name === planned.name ? settled.filter((s) => s.table === planned.target.name) : [];
}

/** The mappings that feed one target table; more than one means that rows of the target cannot be told apart by mapping. */
export function mappingsTo(table: string, mappings: readonly PlannedMapping[]): readonly PlannedMapping[] {
  return mappings.filter((m) => m.target.name === table);
}
