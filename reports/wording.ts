import { type InventoryEntry, outcomeCounts } from '../core/model/inventory.ts';
import { visible } from '../core/visible-text.ts';

/** Formats a count: 1234567 → `1,234,567`. Like all formats here, it is the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Formats an expected or actual value: a number with separators, text unchanged, null as a dash. */
export function comparand(value: string | number | null): string {
  if (value === null) return '–';
  return typeof value === 'number' ? grouped(value) : visible(value);
}

/** Formats a count with its noun: `1 table`, `1,200 tables`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Counts objects of a source by what became of them: `1,200 carried, 3 replaced, 40 left behind, 0 undeclared`. */
export function outcomesText(inventory: readonly InventoryEntry[]): string {
  const counts = outcomeCounts(inventory);
  return (['carried', 'replaced', 'left behind', 'undeclared'] as const)
    .map((outcome) => `${grouped(counts[outcome])} ${outcome}`)
    .join(', ');
}

/** Formats whole seconds: 3725 → `1 h 2 min 5 s`, 0 → `under 1 s`. */
export function duration(seconds: number): string {
  if (seconds === 0) return 'under 1 s';
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${grouped(amount)} ${unit}`)
    .join(' ');
}

/** Computes the seconds between two ISO times, rounded and never negative. */
export function secondsBetween(startedAt: string, finishedAt: string): number {
  return Math.max(0, Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000));
}
