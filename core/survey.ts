import { WaybillError } from './errors.ts';
import { joinSurveys } from './joins.ts';
import type { Pipeline } from './pipeline.ts';
import type { Source } from './ports.ts';
import { type ColumnType, type TableName, type TableSchema, tablesOfContract } from './schema.ts';
import type { Value } from './value.ts';

/**
 * A look through one whole source table before any row is mapped, for what no row can say of itself: which of two rows has
 * a key first, who is the oldest administrator. Pure: the same rows in the same order give the same facts.
 */
export interface Survey<F = unknown> {
  /** Unique within a pipeline. */
  readonly name: string;
  readonly from: TableName;
  readonly reads: readonly string[];
  /** What else decides its facts, for the fingerprint: the text of its functions. */
  readonly detail: string;
  begin(params: Readonly<Record<string, string>>): Gathering<F>;
}

/** A survey under way. Its memory is its own affair: what it keeps of each row stays until the run ends. */
export interface Gathering<F> {
  /** Called for each row in key order, with the columns of `reads` by name. */
  add(values: Readonly<Record<string, Value>>): void;
  facts(): F;
}

/** Whether a row, its columns by name, is the first of those that share its key; of a row without a key, true. */
export type IsFirst = (values: Readonly<Record<string, Value>>) => boolean;

/**
 * Finds the first row of each key by the text of `order`, which must end in what tells all rows apart. The key is what
 * the target will hold unique, null where it holds nothing. One key and one order a distinct key are kept in memory.
 */
export function firstOfEach<const C extends string>({ reads, key, order }: FirstOfEach<C>) {
  const placeOf = (values: Readonly<Record<string, Value>>): string =>
    JSON.stringify(order.map((name) => values[name]));
  const begin = (): Gathering<IsFirst> => {
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

/** What the surveys of one run found. Empty until the source is there; rules ask it when they map, not before. */
export class Facts {
  private readonly found = new Map<string, unknown>();

  /** @throws WaybillError 'source-missing-table' when the survey was not made, since the source lacks its table. */
  of<F>(survey: Survey<F>): F {
    if (this.found.has(survey.name)) return this.found.get(survey.name) as F;
    throw new WaybillError(
      'source-missing-table',
      `A rule asks all of ${survey.from}, which was not there to be read.`,
      {
        hint: 'Let that table take part as well: name it in --tables when exporting, or export all.',
      },
    );
  }

  /**
   * Makes every survey that the pipeline's rules and filters name, each table read once. Those that were made stay as they
   * are; one whose table the source lacks, or some column of it (a transform directory, an export of some tables), is not made.
   */
  async gather(
    source: Source,
    pipeline: Pipeline,
    { params, readType }: { params: Readonly<Record<string, string>>; readType: (native: string) => ColumnType },
  ): Promise<void> {
    const due = surveysOf(pipeline).filter(({ name }) => !this.found.has(name));
    if (due.length === 0) return;
    const contract = Object.entries(pipeline.source.contract);
    const live = await source.inspector.tables(contract.map(([name]) => name));
    const tables = contract.flatMap(([schema, spec]) => tablesOfContract(schema, spec, readType));
    for (const table of tables) {
      const own = due.filter(({ from }) => from === table.name);
      if (own.length === 0 || !isThere(table, live)) continue;
      const gatherings = own.map((survey) => ({ survey, gathering: survey.begin(params) }));
      await readThrough(source, table, gatherings);
      for (const { survey, gathering } of gatherings) this.found.set(survey.name, gathering.facts());
    }
  }
}

/** A table that lacks a column is left to who compares source and contract, and says all that differs. */
function isThere(table: TableSchema, live: readonly TableSchema[]): boolean {
  const found = live.find(({ name }) => name === table.name);
  return table.columns.every((column) => found?.columns.some(({ name }) => name === column.name));
}

/** Every survey of a pipeline, once. */
export function surveysOf({ mappings, source }: Pick<Pipeline, 'mappings' | 'source'>): readonly Survey[] {
  const named = mappings.flatMap((mapping) => [
    ...Object.values(mapping.columns).flatMap((rule) => rule.surveys ?? []),
    ...(mapping.filter?.surveys ?? []),
    ...joinSurveys(mapping, source.contract),
  ]);
  return [...new Map(named.map((survey) => [survey.name, survey])).values()];
}

/** A survey keeps nothing of a part, so parts are only as large as is usual. */
const PART_ROWS = 50_000;

async function readThrough(
  source: Source,
  table: TableSchema,
  gatherings: readonly { survey: Survey; gathering: Gathering<unknown> }[],
): Promise<void> {
  const places = new Map(table.columns.map(({ name }, i) => [name, i]));
  for (const part of await source.parts(table, PART_ROWS)) {
    for await (const batch of source.read(table, part)) {
      for (const row of batch) {
        for (const { survey, gathering } of gatherings) {
          gathering.add(
            Object.fromEntries(survey.reads.map((name) => [name, row[places.get(name) as number] as Value])),
          );
        }
      }
    }
  }
}
