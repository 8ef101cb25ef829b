import { joinSurveys } from '../core/mapping/joins.ts';
import { type Mapping, ruleSurveys } from '../core/mapping/mapping.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import { withSpellings } from '../core/mapping/spellings.ts';
import { noFacts, type Survey, type SurveyCollector, type SurveyFacts } from '../core/mapping/survey.ts';
import { WaybillError } from '../core/model/errors.ts';
import { type ColumnType, type TableSchema, tablesOfContract } from '../core/model/schema.ts';
import { type Row, UnreadableRow, type Value } from '../core/model/value.ts';
import type { Source } from '../core/ports/source.ts';

/** How surveys are made: with the parameters of the run, over types read by the source's connector. */
export interface SurveyReading {
  readonly params: Readonly<Record<string, string>>;
  readonly readType: (native: string) => ColumnType;
}

/** The results of a run's surveys so far. Empty until a source is open. */
export class GatheredFacts implements SurveyFacts {
  private readonly found = new Map<string, unknown>();

  of<F>(survey: Survey<F>): F {
    return this.found.has(survey.name) ? (this.found.get(survey.name) as F) : noFacts.of(survey);
  }

  has(survey: Survey): boolean {
    return this.found.has(survey.name);
  }

  /** Adds the facts of a survey that was made elsewhere. */
  add<F>(survey: Survey<F>, facts: F): void {
    this.found.set(survey.name, facts);
  }

  /**
   * Makes every survey that the pipeline's rules and filters name. Each table is read once, and earlier surveys are kept. A
   * survey is skipped if the source lacks its table or one of the table's columns, as in a transform directory or an export
   * of some tables.
   */
  async gather(source: Source, pipeline: Pipeline, reading: SurveyReading): Promise<void> {
    const required = (pipeline.requirements ?? []).map(({ met }) => met);
    await this.make(
      source,
      pipeline.source.contract,
      [...surveysOf(pipeline, pipeline.mappings), ...required],
      reading,
    );
  }

  /** Makes these surveys, as `gather` does. */
  async make(
    source: Source,
    contract: Pipeline['source']['contract'],
    surveys: readonly Survey[],
    { params, readType }: SurveyReading,
  ): Promise<void> {
    const due = surveys.filter((survey) => survey.isOfPlan !== true && !this.has(survey));
    if (due.length === 0) return;
    const schemas = Object.entries(contract);
    const live = await source.inspector.tables(schemas.map(([name]) => name));
    const tables = schemas.flatMap(([schema, spec]) => tablesOfContract(schema, spec, readType));
    for (const table of tables) {
      const own = due.filter(({ from }) => from === table.name);
      if (own.length === 0 || !isThere(table, live)) continue;
      const gatherings = own.map((survey) => ({ survey, gathering: survey.begin(params) }));
      await readThrough(source, table, gatherings);
      for (const { survey, gathering } of gatherings) this.found.set(survey.name, gathering.facts());
    }
  }
}

/** A survey keeps no state per part, so the default part size is fine. */
const partRows = 50_000;

async function readThrough(
  source: Source,
  table: TableSchema,
  gatherings: readonly { survey: Survey; gathering: SurveyCollector<unknown> }[],
): Promise<void> {
  const places = new Map(table.columns.map(({ name }, i) => [name, i]));
  const collectors = gatherings.map(({ survey, gathering }) => {
    const read = survey.reads.map((name) => [name, places.get(name) as number] as const);
    return (row: Row): void => collect(survey, gathering, read, row);
  });
  for (const part of await source.parts(table, partRows)) {
    for await (const batch of source.read(table, part)) {
      for (const row of batch) for (const add of collectors) add(row);
    }
  }
}

type ReadColumns = readonly (readonly [name: string, at: number])[];

function collect(survey: Survey, gathering: SurveyCollector<unknown>, read: ReadColumns, row: Row): void {
  const place = unreadPlace(row, read);
  if (place !== null && survey.isJoined) throw notJoined(place);
  if (place === null) gathering.add(Object.fromEntries(read.map(([name, at]) => [name, row[at] as Value])));
}

/** Where the first value stands that the survey needs and that could not be read; null when it can have all. */
function unreadPlace(row: Row, read: ReadColumns): string | null {
  if (!(row instanceof UnreadableRow)) return null;
  return read.flatMap(([, at]) => row.unread.get(at) ?? [])[0]?.place ?? null;
}

/** The row itself is rejected, but rows of other tables would lose what they take from it. */
function notJoined(place: string): WaybillError {
  return new WaybillError(
    'part-damaged',
    `${place} does not hold one value of its type, and rows of other tables need it.`,
    {
      hint: 'Correct the value in the file.',
    },
  );
}

/** False for a table that lacks a column; the comparison with the contract reports that. */
export function isThere(table: TableSchema, live: readonly TableSchema[]): boolean {
  const found = live.find(({ name }) => name === table.name);
  return table.columns.every((column) => found?.columns.some(({ name }) => name === column.name));
}

/** Lists the surveys that mappings of a pipeline need, each once. */
export function surveysOf(pipeline: Pipeline, mappings: readonly Mapping[]): readonly Survey[] {
  const named = mappings.flatMap((mapping) => [
    ...ruleSurveys(withSpellings(mapping, pipeline)),
    ...joinSurveys(mapping, pipeline.source.contract),
  ]);
  return [...new Map(named.map((survey) => [survey.name, survey])).values()];
}
