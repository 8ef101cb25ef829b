import type { LedgerEntry, ResolvedRow } from '../../core/ports/ledger.ts';
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

/** What an event tells of what resolving did to the rows of a mapping. */
export function countOfResolved(mapping: string, resolved: readonly ResolvedRow[]): EventCount {
  const rejected = resolved.filter((s) => s.action === 'reject').length;
  const account = { read: 0, loaded: 0 - rejected, rejected, filtered: 0, adjusted: resolved.length - rejected };
  return { mapping, slot: 'resolved', ...account, digest: '0'.repeat(16) };
}
