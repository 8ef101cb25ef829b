import type { InventoryEntry } from '../../core/model/inventory.ts';
import type { KeptTable } from '../../core/ports/blueprint.ts';
import type { Decision } from '../../project/project.ts';
import { type Decided, isProposed, type Matches } from '../../project/target-from/matches.ts';
import { outcomesText } from '../../reports/wording.ts';

/** The decisions that the data made, one a line. */
export function decisionsText(decisions: readonly Decision[]): string {
  return decisions.map(({ subject, text }) => `  ${subject}  ${text}`).join('\n');
}

/** Counts the objects of the source by what became of them, and names those that stay behind. */
export function inventoryText(inventory: readonly InventoryEntry[]): string {
  return `\nobjects  ${outcomesText(inventory)}\n${leftBehindText(inventory)}`;
}

/** Names the objects that stay behind, one a line, each with the reason. */
export function leftBehindText(inventory: readonly InventoryEntry[]): string {
  return inventory
    .filter(({ outcome }) => outcome === 'left behind')
    .map(({ kind, name, why }) => `  ${kind} ${name}: ${why}\n`)
    .join('');
}

/** Counts matches by whether they stand, and names the tables whose rows are kept and what stays where it is. */
export function matchesSummary(
  { tables, kept }: Matches,
  keptTables: readonly KeptTable[],
  notes: readonly string[],
): string {
  const all = Object.values(tables).flatMap((match): Decided[] =>
    'leftBehind' in match
      ? [match.leftBehind]
      : [match.to, ...Object.values(match.columns), ...Object.values(match.drops ?? {})],
  );
  const decided = [...all, ...Object.values(kept)];
  const open = decided.filter(isProposed).length;
  const lines = keptTables.map(({ table, rows }) => `  kept ${table}: ${rows} rows as they are`);
  return [
    '',
    `matches  ${decided.length - open} decided, ${open} to confirm in matches.ts`,
    ...lines,
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}
