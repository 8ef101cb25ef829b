import { mappingsTo } from '../core/account.ts';
import type { Check, ValidationContext, Validator } from '../core/check.ts';
import type { PlannedMapping } from '../core/plan.ts';
import { attempt, couldNotLook, type Finding, incomplete } from './attempt.ts';
import { BucketSums, digestText } from './bucket-sums.ts';
import { findDifferences } from './differences.ts';
import { expectedRows } from './expected-rows.ts';
import { type LineKey, lineKey } from './line-key.ts';

const check = 'checksums';

/**
 * Whether the target holds the very rows that the source maps to. Both sides are read once and summed up by key range in
 * flat memory; only where a range differs are both read again, for the rows and columns that do.
 */
export const checksums: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const { mappings } = context.plan;
    if (mappings.length === 0) yield incomplete({ check, subject: 'all' }, 'no table matched');
    for (const planned of mappings) {
      yield await attempt({ check, subject: planned.name }, () => compareTable(context, planned));
    }
  },
};

async function compareTable(context: ValidationContext, planned: PlannedMapping): Promise<Finding> {
  const feeding = mappingsTo(planned.target.name, context.plan.mappings).length;
  if (feeding > 1) {
    const note = `${feeding} mappings feed ${planned.target.name}, so its rows cannot be told apart by mapping`;
    return { verdict: 'incomplete', expected: null, actual: null, notes: [note] };
  }
  const key = lineKey(
    planned.target,
    planned.columns.map((c) => c.name),
  );
  const expected = await sumExpected(context, planned, key);
  const actual = await sumActual(context, planned, key);
  const digests = { expected: expected.sums.digest(), actual: actual.digest() };
  const differing = expected.sums.differences(actual);
  const ledger = ledgerDigest(context, planned);
  if (differing.length > 0) {
    const origin = ledger === expected.loaded ? sourceIsSame : sourceIsNot;
    const { sampleKeys, notes } = await locate(context, planned, key, differing);
    return { verdict: 'fail', ...digests, sampleKeys, notes: [...notes, origin] };
  }
  if (ledger === expected.loaded) return { verdict: 'pass', ...digests };
  return { verdict: 'fail', expected: ledger, actual: expected.loaded, notes: [ledgerIsOff] };
}

const sourceIsSame = 'the source still gives the digest that the ledger holds';
const sourceIsNot = 'the source no longer gives the digest that the ledger holds: it, or the ledger, has changed';
const ledgerIsOff = 'source and target agree, but the ledger holds another digest of the rows that were loaded';

interface ExpectedSums {
  readonly sums: BucketSums;
  /** Digest of the rows as they were loaded, before settling. */
  readonly loaded: string;
}

async function sumExpected(context: ValidationContext, planned: PlannedMapping, key: LineKey): Promise<ExpectedSums> {
  const { hashRow } = context;
  const sums = new BucketSums();
  let total = 0n;
  for await (const { loaded, settled } of expectedRows(context, planned)) {
    let batchTotal = 0n;
    for (let i = 0; i < loaded.length; i++) {
      const line = loaded[i] as string;
      const after = settled[i] as string | null;
      const hash = hashRow(line);
      batchTotal += hash;
      if (after === line) sums.add(key.bucketOf(line), hash);
      else if (after !== null) sums.add(key.bucketOf(after), hashRow(after));
    }
    total = BigInt.asUintN(64, total + batchTotal);
  }
  return { sums, loaded: digestText(total) };
}

async function sumActual(context: ValidationContext, planned: PlannedMapping, key: LineKey): Promise<BucketSums> {
  const sums = new BucketSums();
  const columns = planned.columns.map((c) => c.name);
  for await (const lines of context.target.inspector.lines(planned.target.name, columns)) {
    for (const line of lines) sums.add(key.bucketOf(line), context.hashRow(line));
  }
  return sums;
}

function ledgerDigest({ ledger }: ValidationContext, planned: PlannedMapping): string {
  const own = ledger.filter((e) => e.mapping === planned.name);
  return digestText(own.reduce((sum, { digest }) => sum + BigInt(`0x${digest}`), 0n));
}

/** That the sides differ is known by now, whatever becomes of the second look. */
async function locate(
  context: ValidationContext,
  planned: PlannedMapping,
  key: LineKey,
  differing: ReturnType<BucketSums['differences']>,
): Promise<{ sampleKeys: readonly string[]; notes: readonly string[] }> {
  try {
    return await findDifferences({ context, planned, key, differing });
  } catch (error) {
    return { sampleKeys: [], notes: [`the rows were not found: ${couldNotLook(error)}`] };
  }
}
