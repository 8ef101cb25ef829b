import type { Sequence } from '../core/ports/source.ts';
import type { TargetSequence } from '../core/ports/target.ts';
import type { Finding } from '../core/validation/check.ts';
import {
  type ContinuedSequence,
  continuedSequences,
  isBefore,
  lostIdentities,
  wantedNext,
} from '../core/validation/sequences.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, failureText, findingOf, incomplete, notApplicable } from './check-result.ts';

/** Checks that every sequence of the target goes on from where the source's sequence stands, and past the values in use. */
export const sequences: Validator = {
  name: 'sequences',
  proves:
    'Every sequence of the target goes on from the next value of the source, and that value is not in use, so no number is given out twice.',
  cannotSee:
    'The next value of a source made of files, and the values that an expression makes of a sequence, such as invoice codes. Whether a value beyond the next one is in use in a sequence that cycles.',
  async *run(context): AsyncIterable<Finding> {
    const facts = await factsOf(context);
    if (typeof facts === 'string') yield incomplete('all', facts);
    else if (facts.continued.length === 0) yield findingOf('all', notApplicable(nothingToSee(context, facts)));
    else
      for (const one of facts.continued)
        yield await checkSubject(one.sequence.name, async () => checkOne(one, facts.known !== null));
  },
};

interface Facts {
  readonly known: readonly Sequence[] | null;
  readonly continued: readonly ContinuedSequence[];
}

/** What both databases say about their sequences, or why one of them could not be asked. */
async function factsOf({ plan, source, target, pipeline }: ValidationContext): Promise<Facts | string> {
  try {
    const found = await target.inspector.sequences();
    const known = await source.inspector.sequences(Object.keys(pipeline.source.contract));
    return { known, continued: continuedSequences(plan.mappings, known, found) };
  } catch (error) {
    return failureText(error);
  }
}

function nothingToSee({ plan, maxKeys }: ValidationContext, { known }: Facts): string {
  const lost = lostIdentities(plan.mappings, known ?? [], () => false);
  const names = `${lost.slice(0, maxKeys).join(', ')}${lost.length > maxKeys ? ', …' : ''}`;
  const counterparts = lost.length === 0 ? '' : `; columns of the source that count have no counterpart: ${names}`;
  return `the target has no sequence${counterparts}`;
}

function checkOne(continued: ContinuedSequence, isKnown: boolean): CheckResult {
  const { sequence, sources } = continued;
  const wanted = wantedNext(continued);
  const unread = sources.filter(({ next }) => next === null).map(({ name }) => `this user may not read ${name}`);
  const faults = wanted === null ? [] : faultsOf(sequence, wanted);
  const gaps = [...unread, ...(sequence.isHidden && sources.length === 0 ? [hidden] : [])];
  const unmatched = isKnown && sources.length === 0 ? ['the source has no counterpart'] : [];
  if (faults.length + gaps.length === 0 && wanted === null)
    return notApplicable([...unmatched, nothingInUse].join('; '));
  return {
    verdict: faults.length > 0 ? 'fail' : gaps.length > 0 ? 'incomplete' : 'pass',
    expected: wanted,
    actual: sequence.next,
    sampleKeys: faults.length > 0 ? [sequence.name] : [],
    notes: [...faults, ...gaps, ...unmatched],
  };
}

const hidden = 'it makes values of an expression, and the source does not say which comes next';
const nothingInUse = 'no value of it is in use';

function faultsOf(sequence: TargetSequence, wanted: string): string[] {
  const { next, min, max, cycles, increment } = sequence;
  const limit = increment.startsWith('-') ? min : max;
  if (isBefore(sequence, limit, wanted) && isBefore(sequence, next, wanted))
    return [`it ends at ${limit}, before the value that must come next`];
  if (cycles ? next !== wanted : isBefore(sequence, next, wanted)) return ['its next value was given out before'];
  return [];
}
