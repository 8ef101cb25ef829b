import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import type { LedgerEntry } from '../core/ports/ledger.ts';
import type { Check } from '../core/validation/check.ts';
import { mappingsTo, resolvedOf, type Tally, tallyOf } from '../core/validation/tally.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { checkSafely, type Finding, incomplete, plural } from './check-result.ts';

const check = 'accounting';

/**
 * Whether every row is accounted for: read = loaded + rejected + filtered in each part and in sum, the parts follow each
 * other without a gap, and the run folder holds one record for each reject, filter and adjustment that the ledger counts.
 */
export const accounting: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const { mappings } = context.plan;
    if (mappings.length === 0) yield incomplete({ check, subject: 'all' }, 'no table matched');
    for (const planned of mappings) {
      yield await checkSafely({ check, subject: planned.name }, () => closeAccount(context, planned));
    }
  },
};

async function closeAccount(context: ValidationContext, planned: PlannedMapping): Promise<Finding> {
  const entries = context.ledger.filter((e) => e.mapping === planned.name);
  if (entries.length === 0) {
    return { verdict: 'incomplete', expected: null, actual: null, notes: ['the ledger has no part of this mapping'] };
  }
  const account = tallyOf(entries, resolvedOf(planned, context.plan.mappings, context.resolved));
  const records = await countRecords(context, planned.name);
  const gaps = partProblems(entries);
  const faults = [...openAccounts(entries, account), ...recordProblems(account, records)];
  const isShared = mappingsTo(planned.target.name, context.plan.mappings).length > 1;
  return {
    verdict: faults.length > 0 || gaps.isBroken ? 'fail' : gaps.notes.length > 0 ? 'incomplete' : 'pass',
    expected: account.read,
    actual: account.loaded + account.rejected + account.filtered,
    notes: [
      ...faults,
      ...gaps.notes,
      ...(isShared ? ['what resolving did counts for the first mapping of its table'] : []),
    ],
  };
}

function openAccounts(entries: readonly LedgerEntry[], account: Tally): string[] {
  const parts = entries.filter((e) => !isClosed(e)).map((e) => e.part.number);
  const notes = parts.length === 0 ? [] : [`read is not loaded + rejected + filtered in part ${parts.join(', ')}`];
  return isClosed(account) ? notes : [...notes, 'read is not loaded + rejected + filtered in sum'];
}

function isClosed({ read, loaded, rejected, filtered }: Tally): boolean {
  return read === loaded + rejected + filtered && Math.min(read, loaded, rejected, filtered) >= 0;
}

/** A missing part was skipped: incomplete. Parts that are there twice, or whose ranges do not meet, are a fault. */
function partProblems(entries: readonly LedgerEntry[]): { isBroken: boolean; notes: readonly string[] } {
  const parts = entries.map((e) => e.part).sort((a, b) => a.number - b.number);
  const missing: number[] = [];
  const broken: number[] = [];
  let before = { number: 0, upTo: null as readonly string[] | null };
  for (const part of parts) {
    for (let number = before.number + 1; number < part.number && missing.length < 20; number++) missing.push(number);
    const follows = part.number === before.number + 1;
    const isSeamless = JSON.stringify(part.after) === JSON.stringify(before.upTo);
    if (part.number <= before.number || (follows && !isSeamless)) broken.push(part.number);
    before = part;
  }
  const skipped = missing.length === 0 ? [] : [`the ledger skips part ${missing.join(', ')}`];
  const unmet = broken.length === 0 ? [] : [`part ${broken.join(', ')} does not begin where the one before it ends`];
  return { isBroken: broken.length > 0, notes: [...skipped, ...unmet] };
}

interface RecordCounts {
  readonly reject: number;
  readonly adjustment: number;
  readonly filter: number;
}

async function countRecords(context: ValidationContext, mapping: string): Promise<RecordCounts> {
  const counts = { reject: 0, adjustment: 0, filter: 0 };
  for await (const record of context.records(mapping)) counts[record.kind]++;
  return counts;
}

function recordProblems(account: Tally, records: RecordCounts): string[] {
  const pairs = [
    ['reject', account.rejected, records.reject],
    ['filtered row', account.filtered, records.filter],
    ['adjustment', account.adjusted, records.adjustment],
  ] as const;
  return pairs
    .filter(([, counted, recorded]) => counted !== recorded)
    .map(
      ([noun, counted, recorded]) => `the ledger counts ${plural(counted, noun)}, the run folder records ${recorded}`,
    );
}
