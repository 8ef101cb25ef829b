import type { LedgerEntry, Settled } from '../core/ports.ts';
import type { EventCount } from './events.ts';

/** The slot in which events count a part of a mapping. */
export function slotOf({ part }: LedgerEntry): string {
  return `part ${part.number}`;
}

/** What an event tells of a part that is in. */
export function countOfPart(entry: LedgerEntry): EventCount {
  const { mapping, read, loaded, rejected, filtered, adjusted, digest } = entry;
  return { mapping, slot: slotOf(entry), read, loaded, rejected, filtered, adjusted, digest };
}

/** What an event tells of what settling did to the rows of a mapping. */
export function countOfSettled(mapping: string, settled: readonly Settled[]): EventCount {
  const rejected = settled.filter((s) => s.action === 'reject').length;
  const account = { read: 0, loaded: 0 - rejected, rejected, filtered: 0, adjusted: settled.length - rejected };
  return { mapping, slot: 'settled', ...account, digest: '0'.repeat(16) };
}
