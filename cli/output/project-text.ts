import type { InventoryEntry } from '../../core/model/inventory.ts';
import type { Decision } from '../../project/project.ts';
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
