import type { LedgerEntry, ResolvedRow } from '../../core/ports/ledger.ts';
import type { EventCount } from './events.ts';

/** Names the slot in which events count a part of a mapping. */
export function slotOf({ part }: LedgerEntry): string {
  return `part ${part.number}`;
}

/** Returns the counts of a loaded part for its event. */
export function countOfPart(entry: LedgerEntry): EventCount {
  const { mapping, read, loaded, rejected, filtered, adjusted, digest } = entry;
  return { mapping, slot: slotOf(entry), read, loaded, rejected, filtered, adjusted, digest };
}

/** Returns the counts of a mapping's resolved references for their event. */
export function countOfResolved(mapping: string, resolved: readonly ResolvedRow[]): EventCount {
  const rejected = resolved.filter((s) => s.action === 'reject').length;
  const tally = { read: 0, loaded: 0 - rejected, rejected, filtered: 0, adjusted: resolved.length - rejected };
  return { mapping, slot: 'resolved', ...tally, digest: '0'.repeat(16) };
}
