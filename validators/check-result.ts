import { WaybillError } from '../core/model/errors.ts';
import type { Check, Verdict } from '../core/validation/check.ts';

/** What a check is about. */
export interface Subject {
  readonly check: string;
  readonly subject: string;
}

/** A finding before it has a name: what a look at one subject gave. */
export interface Finding {
  readonly verdict: Verdict;
  readonly expected: Check['expected'];
  readonly actual: Check['actual'];
  readonly sampleKeys?: readonly string[];
  /** Sentences or phrases, joined by `; `; none when empty. */
  readonly notes?: readonly string[];
}

/** Looks at one subject. An error becomes an incomplete check that says what went wrong, and the validator goes on. */
export async function checkSafely(subject: Subject, look: () => Promise<Finding>): Promise<Check> {
  try {
    return checkOf(subject, await look());
  } catch (error) {
    return incomplete(subject, couldNotLook(error));
  }
}

/** The check of a finding. */
export function checkOf(subject: Subject, { verdict, expected, actual, sampleKeys = [], notes = [] }: Finding): Check {
  return {
    ...subject,
    verdict,
    expected,
    actual,
    sampleKeys,
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
  };
}

/** A check that could not look. */
export function incomplete(subject: Subject, note: string): Check {
  return checkOf(subject, { verdict: 'incomplete', expected: null, actual: null, notes: [note] });
}

/** In words, why it could not be looked; the message of a foreign error may hold a value, so only its name is told. */
export function couldNotLook(error: unknown): string {
  if (error instanceof WaybillError) return `could not look (${error.code}): ${error.message}`;
  return `could not look: an unexpected ${error instanceof Error ? error.name : 'error'}`;
}

/** `1 row`, `2 rows`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
