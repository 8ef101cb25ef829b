import { WaybillError } from '../core/model/errors.ts';
import type { CheckVerdict, Finding } from '../core/validation/check.ts';

/** The result of checking one subject. */
export interface CheckResult {
  readonly verdict: CheckVerdict;
  readonly expected: Finding['expected'];
  readonly actual: Finding['actual'];
  readonly sampleKeys?: readonly string[];
  /** Sentences or phrases; the finding joins them with `; `. */
  readonly notes?: readonly string[];
}

/** Checks one subject. An error becomes an incomplete finding that names it, and the validator continues. */
export async function checkSubject(subject: string, check: () => Promise<CheckResult>): Promise<Finding> {
  try {
    return findingOf(subject, await check());
  } catch (error) {
    return incomplete(subject, failureText(error));
  }
}

/** Makes the finding of a result. */
export function findingOf(subject: string, result: CheckResult): Finding {
  const { verdict, expected, actual, sampleKeys = [], notes = [] } = result;
  return { subject, verdict, expected, actual, sampleKeys, ...(notes.length === 0 ? {} : { note: notes.join('; ') }) };
}

/** The result of a comparison that must find nothing: each difference has the name of its object, and a word for what differs. */
export function differencesResult(
  found: readonly { readonly object: string; readonly how: string }[],
  maxKeys: number,
): CheckResult {
  const named = found.slice(0, maxKeys);
  return {
    verdict: found.length === 0 ? 'pass' : 'fail',
    expected: 0,
    actual: found.length,
    sampleKeys: named.map(({ object }) => object),
    notes: named.map(({ object, how }) => `${object}: ${how}`),
  };
}

/** Makes the finding of a subject that could not be checked. */
export function incomplete(subject: string, note: string): Finding {
  return findingOf(subject, { verdict: 'incomplete', expected: null, actual: null, notes: [note] });
}

/** The result of a check that has nothing to look at. */
export function notApplicable(note: string): CheckResult {
  return { verdict: 'not-applicable', expected: null, actual: null, notes: [note] };
}

/** Explains why a check could not look. The message of a foreign error may hold a value, so only its name is shown. */
export function failureText(error: unknown): string {
  if (error instanceof WaybillError) return `could not look (${error.code}): ${error.message}`;
  return `could not look: an unexpected ${error instanceof Error ? error.name : 'error'}`;
}

/** `1 row`, `2 rows`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
