import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import { isSourceRow, rowOfReject } from '../core/mapping/plan/rejected-row.ts';
import type { RejectRecord } from '../core/model/records.ts';
import { indexOf } from '../core/model/row-key.ts';
import type { TableSchema } from '../core/model/schema.ts';
import type { Row, Value } from '../core/model/value.ts';
import { bothOf } from '../core/parallel.ts';
import type { Aggregate } from '../core/ports/source.ts';
import type { Finding } from '../core/validation/check.ts';
import { mappingsTo, resolvedOf, tallyOf } from '../core/validation/tally.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { ColumnTally, type ComparedColumn, comparedColumns } from './rows/column-tally.ts';
import { remap } from './rows/remap.ts';

/**
 * Compares what both databases compute for each numeric and date column, corrected by what the run recorded as changed or
 * left out. It maps no rows, so a fault in the mapping code cannot hide here.
 */
export const aggregates: Validator = {
  name: 'aggregates',
  proves:
    'Both databases compute the same number of values, exact sum, minimum and maximum for every numeric and date column, apart from the recorded changes.',
  cannotSee:
    'Text, booleans, ids, references, times of day, derived columns, sums of floats, and two changes that cancel out. A minimum or maximum that a changed or missing value held is checked only partly, and the note names the column.',
  async *run(context): AsyncIterable<Finding> {
    const { mappings } = context.plan;
    const fed = [...new Set(mappings.map((m) => m.target.name))].map((table) =>
      mappingsTo(table, mappings).map(feedOf),
    );
    const compared = fed.filter((feeds) => columnsOf(feeds).length > 0);
    yield* mapConcurrent(compared, (feeds) =>
      checkSubject(subjectOf(feeds), () => compareColumns(context, feeds, columnsOf(feeds))),
    );
  },
};

/** A mapping with the target columns that can be compared. */
interface Feed {
  readonly planned: PlannedMapping;
  readonly columns: ReadonlyMap<string, ComparedColumn>;
}

function feedOf(planned: PlannedMapping): Feed {
  return { planned, columns: new Map(comparedColumns(planned).map((c) => [c.target.name, c])) };
}

function subjectOf(feeds: readonly Feed[]): string {
  const { planned } = feeds[0] as Feed;
  return feeds.length === 1 ? planned.name : planned.target.name;
}

/** The columns that every mapping of the table can compare. */
function columnsOf(feeds: readonly Feed[]): readonly string[] {
  return [...(feeds[0]?.columns.keys() ?? [])].filter((name) => feeds.every((feed) => feed.columns.has(name)));
}

async function compareColumns(
  context: ValidationContext,
  feeds: readonly Feed[],
  names: readonly string[],
): Promise<CheckResult> {
  const { planned } = feeds[0] as Feed;
  const [tallies, targetFacts] = await bothOf(
    talliesOf(context, feeds, names),
    context.target.inspector.aggregates(planned.target, names),
  );
  for (const feed of feeds) {
    const unreadable = await applyRecords(context, feed, tallies);
    if (unreadable > 0)
      return incompleteFor('the recorded rows that resolving removed do not have the columns of the target');
    await removeFiltered(context, feed, tallies);
  }
  return verdictOn(planned, [...tallies.values()], targetFacts, context.maxKeys);
}

/** The source's facts about the columns, over all feeds. */
async function talliesOf(
  { source }: ValidationContext,
  feeds: readonly Feed[],
  names: readonly string[],
): Promise<Tallies> {
  const tallies = new Map<string, ColumnTally>();
  for (const feed of feeds) {
    const columns = names.map((name) => feed.columns.get(name) as ComparedColumn);
    const sources = unique(columns.map((c) => c.source.name));
    const facts = await source.inspector.aggregates(feed.planned.source, sources);
    for (const column of columns) {
      const fact = factOf(facts, column.source.name);
      const tally = tallies.get(column.target.name);
      if (tally === undefined) tallies.set(column.target.name, new ColumnTally(column, fact));
      else tally.include(fact);
    }
  }
  return tallies;
}

function incompleteFor(note: string): CheckResult {
  return { verdict: 'incomplete', expected: null, actual: null, notes: [note] };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function factOf(facts: readonly Aggregate[], column: string): Aggregate {
  const found = facts.find((f) => f.column === column);
  if (found === undefined) throw new RangeError(`no facts of ${column}`);
  return found;
}

type Tallies = ReadonlyMap<string, ColumnTally>;

/** @returns the number of rejected rows that could not be read. */
async function applyRecords(context: ValidationContext, feed: Feed, tallies: Tallies): Promise<number> {
  const live = await liveTable(context, feed.planned);
  let unreadable = 0;
  for await (const record of context.records(feed.planned.name)) {
    if (record.kind === 'adjustment') tallies.get(record.column)?.change(textOf(record.from), textOf(record.to));
    if (record.kind !== 'reject') continue;
    const valueIn = rejectedValues(feed, live, record);
    if (valueIn === null) unreadable++;
    else for (const [name, tally] of tallies) tally.remove(valueIn(name));
  }
  return unreadable;
}

async function liveTable({ target, resolved }: ValidationContext, planned: PlannedMapping): Promise<TableSchema> {
  if (!resolved.some((s) => s.action === 'reject' && s.table === planned.target.name)) return planned.target;
  return (await target.inspector.tables([''])).find((t) => t.name === planned.target.name) ?? planned.target;
}

function textOf(value: unknown): Value {
  return typeof value === 'string' ? value : null;
}

/** The value that a row has, or would have had, in a target column. */
type ValueOf = (name: string) => Value | undefined;

/**
 * The values of a rejected row after its recorded adjustments. A row that was mapped before it was refused or removed has
 * adjustment records, so its adjusted values count. A row that mapping rejected has none.
 */
function rejectedValues(feed: Feed, live: TableSchema, record: RejectRecord): ValueOf | null {
  const { planned } = feed;
  const row = rowOfReject(record);
  if (row === null) return lineValues(live, String(record.row));
  if (!isSourceRow(planned, record, row)) return mappedValues(planned, row);
  if (record.stage === 'map') return sourceValues(feed, row);
  const mapped = planned.mapper().map(row).row;
  return mapped === null ? null : mappedValues(planned, mapped);
}

function sourceValues({ planned, columns }: Feed, row: Row): ValueOf {
  return (name) => row[indexOf(planned.source, (columns.get(name) as ComparedColumn).source.name)];
}

function mappedValues({ columns }: PlannedMapping, row: Row): ValueOf {
  return (name) => row[columns.findIndex((c) => c.name === name)];
}

/** A row that resolving removed has the column order of the live table. Numbers and dates hold nothing that is escaped. */
function lineValues(live: TableSchema, line: string): ValueOf | null {
  const cells = line.split('\t');
  if (cells.length !== live.columns.length) return null;
  return (name) => {
    const cell = cells[indexOf(live, name)];
    return cell === '\\N' ? null : cell;
  };
}

/** Reads the source again for the filtered rows, because their records hold no values. */
async function removeFiltered(context: ValidationContext, feed: Feed, tallies: Tallies): Promise<void> {
  const { ledger, resolved } = context;
  const { planned } = feed;
  const entries = ledger.filter((e) => e.mapping === planned.name);
  if (tallyOf(entries, resolvedOf(planned, resolved)).filtered === 0) return;
  for await (const batch of remap(context, planned)) {
    for (const { row, mapped } of batch) {
      if (mapped.filter === null) continue;
      const values = sourceValues(feed, row);
      for (const [name, tally] of tallies) tally.remove(values(name));
    }
  }
}

function verdictOn(
  planned: PlannedMapping,
  tallies: readonly ColumnTally[],
  targetFacts: readonly Aggregate[],
  maxKeys: number,
): CheckResult {
  const columns = tallies.map((tally) => {
    const { name } = tally.column.target;
    const facts = factOf(targetFacts, name);
    return { name, differing: tally.differences(facts), unknown: tally.unknown(facts) };
  });
  const differing = columns.filter((l) => l.differing.length > 0);
  const unknown = columns.filter((l) => l.unknown.length > 0);
  const listed = (list: typeof columns, facts: 'differing' | 'unknown'): string =>
    list.map((l) => `${l.name} (${l[facts].join(', ')})`).join(', ');
  return {
    verdict: differing.length === 0 ? 'pass' : 'fail',
    expected: tallies.length,
    actual: tallies.length - differing.length,
    sampleKeys: differing.slice(0, maxKeys).map((l) => `${planned.target.name}.${l.name}`),
    notes: [
      ...(differing.length === 0 ? [] : [`differs: ${listed(differing, 'differing')}`]),
      ...(unknown.length === 0
        ? []
        : [`checked only partly, because a changed or missing value held it: ${listed(unknown, 'unknown')}`]),
    ],
  };
}
