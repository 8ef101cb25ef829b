import { joinSurveys } from '../core/mapping/joins.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import { noFacts, type Survey, type SurveyCollector, type SurveyFacts } from '../core/mapping/survey.ts';
import { type ColumnType, type TableSchema, tablesOfContract } from '../core/model/schema.ts';
import type { Value } from '../core/model/value.ts';
import type { Source } from '../core/ports/source.ts';

/** The results of a run's surveys so far. Empty until a source is open. */
export class GatheredFacts implements SurveyFacts {
  private readonly found = new Map<string, unknown>();

  of<F>(survey: Survey<F>): F {
    return this.found.has(survey.name) ? (this.found.get(survey.name) as F) : noFacts.of(survey);
  }

  /**
   * Makes every survey that the pipeline's rules and filters name. Each table is read once, and earlier surveys are kept. A
   * survey is skipped if the source lacks its table or one of the table's columns, as in a transform directory or an export
   * of some tables.
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

/** A survey keeps no state per part, so the default part size is fine. */
const partRows = 50_000;

async function readThrough(
  source: Source,
  table: TableSchema,
  gatherings: readonly { survey: Survey; gathering: SurveyCollector<unknown> }[],
): Promise<void> {
  const places = new Map(table.columns.map(({ name }, i) => [name, i]));
  for (const part of await source.parts(table, partRows)) {
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

/** False for a table that lacks a column; the comparison with the contract reports that. */
function isThere(table: TableSchema, live: readonly TableSchema[]): boolean {
  const found = live.find(({ name }) => name === table.name);
  return table.columns.every((column) => found?.columns.some(({ name }) => name === column.name));
}

/** Lists the surveys of a pipeline, each once. */
export function surveysOf({ mappings, source }: Pick<Pipeline, 'mappings' | 'source'>): readonly Survey[] {
  const named = mappings.flatMap((mapping) => [
    ...Object.values(mapping.columns).flatMap((rule) => rule.surveys ?? []),
    ...(mapping.filter?.surveys ?? []),
    ...joinSurveys(mapping, source.contract),
  ]);
  return [...new Map(named.map((survey) => [survey.name, survey])).values()];
}
