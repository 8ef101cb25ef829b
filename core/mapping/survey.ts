import { WaybillError } from '../model/errors.ts';
import type { TableName } from '../model/schema.ts';
import type { Value } from '../model/value.ts';

/**
 * A read of one whole source table before any row is mapped, for facts that no single row shows: which of two rows has a key
 * first, or which administrator is the oldest. Pure: the same rows in the same order give the same facts.
 */
export interface Survey<F = unknown> {
  /** Unique within a pipeline. */
  readonly name: string;
  readonly from: TableName;
  readonly reads: readonly string[];
  /** What else decides its facts, for the fingerprint: the text of its functions. */
  readonly detail: string;
  /** Whether its facts are values of other rows, so that one which could not be read stops the run. Else the row is skipped: it rejects. */
  readonly isJoined?: boolean;
  /** Set on a survey that the engine makes from the plan, after all others, instead of reading `from`. */
  readonly isOfPlan?: true;
  begin(params: Readonly<Record<string, string>>): SurveyCollector<F>;
}

/** Collects the facts of one survey. What it keeps of each row stays in memory until the run ends. */
export interface SurveyCollector<F> {
  /** Called for each row in key order, with the columns of `reads` by name. */
  add(values: Readonly<Record<string, Value>>): void;
  facts(): F;
}

/** The facts that the surveys of a run found. Rules ask when they map, not when they are compiled. */
export interface SurveyFacts {
  /** @throws WaybillError 'source-missing-table' when the survey was not made, because the source lacks its table. */
  of<F>(survey: Survey<F>): F;
}

/** For a plan that maps no row. */
export const noFacts: SurveyFacts = {
  of({ from }) {
    throw new WaybillError('source-missing-table', `A rule needs all rows of ${from}, which was not read.`, {
      hint: 'Include that table: name it in --tables when exporting, or export all tables.',
    });
  },
};

/** Whether a row, its columns by name, is the first of those that share its key; of a row without a key, true. */
export type IsFirst = (values: Readonly<Record<string, Value>>) => boolean;

/**
 * Finds the first row of each key by the text of `order`, whose last column must make it unique. The key is what
 * the target requires to be unique, null where it requires nothing. Memory holds one order text for each distinct key.
 */
export function firstOfEach<const C extends string>({ reads, key, order }: FirstOfEach<C>) {
  const placeOf = (values: Readonly<Record<string, Value>>): string =>
    JSON.stringify(order.map((name) => values[name]));
  const begin = (): SurveyCollector<IsFirst> => {
    const first = new Map<string, string>();
    return {
      add(values) {
        const own = key(values as Readonly<Record<C, Value>>);
        if (own === null) return;
        const place = placeOf(values);
        const known = first.get(own);
        if (known === undefined || place < known) first.set(own, place);
      },
      facts: () => (values) => {
        const own = key(values as Readonly<Record<C, Value>>);
        return own === null || first.get(own) === placeOf(values);
      },
    };
  };
  return { reads, begin, detail: `${key.toString()} first by ${order.join(', ')}` };
}

interface FirstOfEach<C extends string> {
  readonly reads: readonly C[];
  readonly key: (values: Readonly<Record<C, Value>>) => string | null;
  readonly order: readonly NoInfer<C>[];
}
