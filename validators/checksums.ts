import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import { digestText, sumOfDigests } from '../core/model/digests.ts';
import { bothOf } from '../core/parallel.ts';
import type { Check } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { checkSafely, couldNotLook, type Finding, incomplete } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { type ComparedTable, comparedRows, comparedTables } from './rows/compared-rows.ts';
import { findDifferences } from './rows/differences.ts';
import { expectedDigests } from './rows/expected-rows.ts';

const check = 'checksums';

/**
 * Whether the target holds the very rows that the source maps to. Both sides are read once and summed up in the target's
 * row format; only where the sums differ are both read again, as values, for the key ranges and then the rows and columns
 * that do. Memory is flat.
 */
export const checksums: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const { mappings } = context.plan;
    if (mappings.length === 0) yield incomplete({ check, subject: 'all' }, 'no table matched');
    yield* mapConcurrent(comparedTables(mappings), (compared) => {
      const [first] = compared.feeds as readonly [PlannedMapping];
      if (compared.feeds.length === 1)
        return checkSafely({ check, subject: first.name }, () => compareTable(context, compared, first));
      return checkSafely({ check, subject: first.target.name }, () => compareShared(context, compared));
    });
  },
};

async function compareTable(
  context: ValidationContext,
  compared: ComparedTable,
  planned: PlannedMapping,
): Promise<Finding> {
  const format = await context.target.rowFormat(planned.target.name, planned.columns);
  const [{ loaded, resolved }, actual] = await bothOf(
    expectedDigests(context, planned, format),
    actualDigest(context, planned),
  );
  const ledger = ledgerDigest(context, planned);
  const digests = { expected: resolved, actual };
  if (resolved !== actual) {
    const { sampleKeys, notes } = await locate(context, compared);
    const origin = ledger === loaded ? sourceIsSame : sourceIsNot;
    return { verdict: 'fail', ...digests, sampleKeys, notes: [...notes, origin] };
  }
  if (ledger === loaded) return { verdict: 'pass', ...digests };
  return { verdict: 'fail', expected: ledger, actual: loaded, notes: [ledgerIsOff] };
}

/** The rows of one mapping cannot be told apart in the target, so all are compared together. */
async function compareShared(context: ValidationContext, compared: ComparedTable): Promise<Finding> {
  const { feeds, table } = compared;
  const off: string[] = [];
  for (const planned of feeds) {
    const format = await context.target.rowFormat(table.name, planned.columns);
    const { loaded } = await expectedDigests(context, planned, format);
    if (loaded !== ledgerDigest(context, planned)) off.push(`${planned.name}: ${sourceIsNot}`);
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

const sourceIsSame = 'the source still gives the digest that the ledger holds';
const sourceIsNot = 'the source no longer gives the digest that the ledger holds: it, or the ledger, has changed';
const ledgerIsOff = 'source and target agree, but the ledger holds another digest of the rows that were loaded';

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

/** That the sides differ is known by now, whatever becomes of the closer look. */
async function locate(
  context: ValidationContext,
  compared: ComparedTable,
): Promise<{ sampleKeys: readonly string[]; notes: readonly string[] }> {
  try {
    return await findDifferences(context, compared);
  } catch (error) {
    return { sampleKeys: [], notes: [`the rows were not found: ${couldNotLook(error)}`] };
  }
}
