import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import type { LedgerEntry } from '../core/ports/ledger.ts';
import type { Finding } from '../core/validation/check.ts';
import { mappingsTo, resolvedOf, type Tally, tallyOf } from '../core/validation/tally.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, incomplete, plural } from './check-result.ts';

/** Checks that every row is accounted for, and that the parts of each mapping follow each other without a gap. */
export const accounting: Validator = {
  name: 'accounting',
  proves:
    'Every row that was read was loaded, rejected or filtered, in each part and in total. The run folder has a record of each reject, filter and adjustment.',
  cannotSee: 'A last part that was never begun, which counts sees, and differences in content.',
  async *run(context): AsyncIterable<Finding> {
    const { mappings } = context.plan;
    if (mappings.length === 0) yield incomplete('all', 'no table matched');
    for (const planned of mappings) {
      yield await checkSubject(planned.name, () => checkTally(context, planned));
    }
  },
};

async function checkTally(context: ValidationContext, planned: PlannedMapping): Promise<CheckResult> {
  const entries = context.ledger.filter((e) => e.mapping === planned.name);
  if (entries.length === 0) {
    return { verdict: 'incomplete', expected: null, actual: null, notes: ['the ledger has no part of this mapping'] };
  }
  const tally = tallyOf(entries, resolvedOf(planned, context.resolved));
  const records = await countRecords(context, planned.name);
  const gaps = partProblems(entries);
  const faults = [...openTallies(entries, tally), ...recordProblems(tally, records)];
  const isShared = mappingsTo(planned.target.name, context.plan.mappings).length > 1;
  return {
    verdict: faults.length > 0 || gaps.isBroken ? 'fail' : gaps.notes.length > 0 ? 'incomplete' : 'pass',
    expected: tally.read,
    actual: tally.loaded + tally.rejected + tally.filtered,
    notes: [
      ...faults,
      ...gaps.notes,
      ...(isShared ? ['resolved rows count for the first mapping of their table'] : []),
    ],
  };
}

function openTallies(entries: readonly LedgerEntry[], tally: Tally): string[] {
  const parts = entries.filter((e) => !isClosed(e)).map((e) => e.part.number);
  const notes = parts.length === 0 ? [] : [`read is not loaded + rejected + filtered in part ${parts.join(', ')}`];
  return isClosed(tally) ? notes : [...notes, 'read is not loaded + rejected + filtered in total'];
}

function isClosed({ read, loaded, rejected, filtered }: Tally): boolean {
  return read === loaded + rejected + filtered && Math.min(read, loaded, rejected, filtered) >= 0;
}

/** A missing part makes the check incomplete. Duplicate parts, and parts whose ranges do not meet, make it fail. */
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
  const unmet = broken.length === 0 ? [] : [`part ${broken.join(', ')} does not begin where the previous part ends`];
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

function recordProblems(tally: Tally, records: RecordCounts): string[] {
  const pairs = [
    ['reject', tally.rejected, records.reject],
    ['filtered row', tally.filtered, records.filter],
    ['adjustment', tally.adjusted, records.adjustment],
  ] as const;
  return pairs
    .filter(([, counted, recorded]) => counted !== recorded)
    .map(
      ([noun, counted, recorded]) => `the ledger counts ${plural(counted, noun)}, the run folder records ${recorded}`,
    );
}
