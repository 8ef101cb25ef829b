import { mappingsTo } from '../core/account.ts';
import type { Check, ValidationContext, Validator } from '../core/check.ts';
import type { PlannedMapping } from '../core/plan.ts';
import { attempt, couldNotLook, type Finding, incomplete } from './attempt.ts';
import { digestText } from './bucket-sums.ts';
import { findDifferences } from './differences.ts';
import { expectedDigests } from './expected-rows.ts';
import { bothOf, inOrder } from './in-order.ts';

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
    yield* inOrder(mappings, (planned) =>
      attempt({ check, subject: planned.name }, () => compareTable(context, planned)),
    );
  },
};

async function compareTable(context: ValidationContext, planned: PlannedMapping): Promise<Finding> {
  const feeding = mappingsTo(planned.target.name, context.plan.mappings).length;
  if (feeding > 1) {
    const note = `${feeding} mappings feed ${planned.target.name}, so its rows cannot be told apart by mapping`;
    return { verdict: 'incomplete', expected: null, actual: null, notes: [note] };
  }
  const format = await context.target.rowFormat(planned.target.name, planned.columns);
  const [{ loaded, settled }, actual] = await bothOf(
    expectedDigests(context, planned, format),
    actualDigest(context, planned),
  );
  const ledger = ledgerDigest(context, planned);
  const digests = { expected: settled, actual };
  if (settled !== actual) {
    const { sampleKeys, notes } = await locate(context, planned);
    return {
      verdict: 'fail',
      ...digests,
      sampleKeys,
      notes: [...notes, ledger === loaded ? sourceIsSame : sourceIsNot],
    };
  }
  if (ledger === loaded) return { verdict: 'pass', ...digests };
  return { verdict: 'fail', expected: ledger, actual: loaded, notes: [ledgerIsOff] };
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
  return digestText(own.reduce((sum, { digest }) => sum + BigInt(`0x${digest}`), 0n));
}

/** That the sides differ is known by now, whatever becomes of the closer look. */
async function locate(
  context: ValidationContext,
  planned: PlannedMapping,
): Promise<{ sampleKeys: readonly string[]; notes: readonly string[] }> {
  try {
    return await findDifferences(context, planned);
  } catch (error) {
    return { sampleKeys: [], notes: [`the rows were not found: ${couldNotLook(error)}`] };
  }
}
