import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import { digestText, sumOfDigests } from '../core/model/digests.ts';
import { bothOf } from '../core/parallel.ts';
import type { Finding } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, failureText, incomplete } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { type ComparedTable, comparedRows, comparedTables } from './rows/compared-rows.ts';
import { findDifferences } from './rows/differences.ts';
import { expectedDigests } from './rows/expected-rows.ts';

/**
 * Compares the rows of the target with the source rows, mapped again. It reads both sides once and sums them up in the
 * target's row format. Only where the sums differ does it read both again as values, to find the key ranges, rows and columns
 * that differ. Memory use is constant.
 */
export const checksums: Validator = {
  name: 'checksums',
  proves:
    'The target holds exactly the rows that the source maps to, value by value, and they match the digests of the ledger.',
  cannotSee:
    'A wrong mapping rule, since both sides go through it, a value that the source connector misreads the same way twice, and columns that no rule fills. Differences cancel out in the sums with odds of 1 in 2⁶⁴.',
  async *run(context): AsyncIterable<Finding> {
    const { mappings } = context.plan;
    if (mappings.length === 0) yield incomplete('all', 'no table matched');
    yield* mapConcurrent(comparedTables(mappings), (compared) => {
      const [first] = compared.feeds as readonly [PlannedMapping];
      if (compared.feeds.length === 1) return checkSubject(first.name, () => compareTable(context, compared, first));
      return checkSubject(first.target.name, () => compareShared(context, compared));
    });
  },
};

async function compareTable(
  context: ValidationContext,
  compared: ComparedTable,
  planned: PlannedMapping,
): Promise<CheckResult> {
  const format = await context.target.rowFormat(planned.target.name, planned.columns);
  const [{ loaded, resolved }, actual] = await bothOf(
    expectedDigests(context, planned, format),
    actualDigest(context, planned),
  );
  const ledger = ledgerDigest(context, planned);
  const digests = { expected: resolved, actual };
  if (resolved !== actual) {
    const { sampleKeys, notes } = await locate(context, compared);
    const origin = ledger === loaded ? sourceIsSame : sourceChanged;
    return { verdict: 'fail', ...digests, sampleKeys, notes: [...notes, origin] };
  }
  if (ledger === loaded) return { verdict: 'pass', ...digests };
  return { verdict: 'fail', expected: ledger, actual: loaded, notes: [ledgerDiffers] };
}

/** The target rows do not show which mapping they came from, so the rows of all mappings are compared together. */
async function compareShared(context: ValidationContext, compared: ComparedTable): Promise<CheckResult> {
  const { feeds, table } = compared;
  const off: string[] = [];
  for (const planned of feeds) {
    const format = await context.target.rowFormat(table.name, planned.columns);
    const { loaded } = await expectedDigests(context, planned, format);
    if (loaded !== ledgerDigest(context, planned)) off.push(`${planned.name}: ${sourceChanged}`);
  }
  const [expected, actual] = await bothOf(expectedLines(context, compared), actualLines(context, compared));
  if (expected !== actual) {
    const located = await locate(context, compared);
    return { verdict: 'fail', expected, actual, ...located, notes: [...located.notes, ...off] };
  }
  return { verdict: off.length > 0 ? 'fail' : 'pass', expected, actual, notes: off };
}

async function expectedLines(context: ValidationContext, compared: ComparedTable): Promise<string> {
  let sum = 0n;
  for await (const batch of comparedRows(context, compared)) {
    for (const { line } of batch) sum += context.hashRow(line);
  }
  return digestText(sum);
}

async function actualLines(context: ValidationContext, { table, columns }: ComparedTable): Promise<string> {
  let sum = 0n;
  for await (const lines of context.target.inspector.lines(table.name, columns)) {
    for (const line of lines) sum += context.hashRow(line);
  }
  return digestText(sum);
}

const sourceIsSame = 'the source still has the digest that the ledger holds';
const sourceChanged = 'the source no longer has the digest that the ledger holds: the source or the ledger has changed';
const ledgerDiffers = 'source and target agree, but the ledger holds a different digest of the loaded rows';

async function actualDigest(context: ValidationContext, planned: PlannedMapping): Promise<string> {
  let sum = 0n;
  for await (const rows of context.target.inspector.encoded(planned.target.name, planned.columns)) {
    sum += context.hashRows(rows);
  }
  return digestText(sum);
}

function ledgerDigest({ ledger }: ValidationContext, planned: PlannedMapping): string {
  const own = ledger.filter((e) => e.mapping === planned.name);
  return sumOfDigests(own.map(({ digest }) => digest));
}

/** The sides are known to differ by now, so an error here does not change the verdict. */
async function locate(
  context: ValidationContext,
  compared: ComparedTable,
): Promise<{ sampleKeys: readonly string[]; notes: readonly string[] }> {
  try {
    return await findDifferences(context, compared);
  } catch (error) {
    return { sampleKeys: [], notes: [`the rows were not found: ${failureText(error)}`] };
  }
}
