import type { Decision, InventoryEntry } from '../../project/project.ts';

/** The decisions that the data made, one a line. */
export function decisionsText(decisions: readonly Decision[]): string {
  return decisions.map(({ subject, text }) => `  ${subject}  ${text}`).join('\n');
}

/** Counts the objects of the source by what became of them, and names those that stay behind. */
export function inventoryText(inventory: readonly InventoryEntry[]): string {
  const of = (outcome: InventoryEntry['outcome']): readonly InventoryEntry[] =>
    inventory.filter((entry) => entry.outcome === outcome);
  const counts = `${of('carried').length} carried, ${of('replaced').length} replaced, ${of('left behind').length} left behind`;
  const behind = of('left behind').map(({ kind, name, why }) => `  ${kind} ${name}: ${why}`);
  return ['', `objects  ${counts}`, ...behind, ''].join('\n');
}
