import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import { isSourceRow, rowOfReject } from '../core/mapping/plan/rejected-row.ts';
import type { RejectRecord } from '../core/model/records.ts';
import { indexOf } from '../core/model/row-key.ts';
import type { TableSchema } from '../core/model/schema.ts';
import type { Row, Value } from '../core/model/value.ts';
import { bothOf } from '../core/parallel.ts';
import type { Aggregate } from '../core/ports/source.ts';
import type { Check } from '../core/validation/check.ts';
import { mappingsTo, resolvedOf, tallyOf } from '../core/validation/tally.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { checkSafely, type Finding } from './check-result.ts';
import { ColumnTally, type ComparedColumn, comparedColumns } from './column-tally.ts';
import { mapConcurrent } from './map-concurrent.ts';

const check = 'aggregates';

/**
 * Whether the databases themselves, asked apart, say the same of each numeric and date column: number of values, exact
 * sum, least and greatest. What the run recorded as changed or left out is reckoned in. It does not map a row, so a fault
 * of the mover cannot hide itself here.
 */
export const aggregates: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const { mappings } = context.plan;
    const fed = [...new Set(mappings.map((m) => m.target.name))].map((table) =>
      mappingsTo(table, mappings).map(feedOf),
    );
    const compared = fed.filter((feeds) => columnsOf(feeds).length > 0);
    yield* mapConcurrent(compared, (feeds) =>
      checkSafely({ check, subject: subjectOf(feeds) }, () => compareColumns(context, feeds, columnsOf(feeds))),
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

/** The columns that every mapping of the table has to compare. */
function columnsOf(feeds: readonly Feed[]): readonly string[] {
  return [...(feeds[0]?.columns.keys() ?? [])].filter((name) => feeds.every((feed) => feed.columns.has(name)));
}

async function compareColumns(
  context: ValidationContext,
  feeds: readonly Feed[],
  names: readonly string[],
): Promise<Finding> {
  const { planned } = feeds[0] as Feed;
  const [tallies, targetFacts] = await bothOf(
    talliesOf(context, feeds, names),
    context.target.inspector.aggregates(planned.target, names),
  );
  for (const feed of feeds) {
    const unreadable = await reckonRecords(context, feed, tallies);
    if (unreadable > 0)
      return incompleteFor('rows that resolving took out are not kept with the columns that the target has');
    await reckonFilter(context, feed, tallies);
  }
  return verdictOn(planned, [...tallies.values()], targetFacts, context.maxKeys);
}

/** What the source says of the columns, all feeds together. */
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

function incompleteFor(note: string): Finding {
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

/** @returns the number of kept rows that could not be read. */
async function reckonRecords(context: ValidationContext, feed: Feed, tallies: Tallies): Promise<number> {
  const live = await liveTable(context, feed.planned);
  let unreadable = 0;
  for await (const record of context.records(feed.planned.name)) {
    if (record.kind === 'adjustment') tallies.get(record.column)?.change(textOf(record.from), textOf(record.to));
    if (record.kind !== 'reject') continue;
    const kept = keptValues(feed, live, record);
    if (kept === null) unreadable++;
    else for (const [name, tally] of tallies) tally.takeOut(kept(name));
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
 * The values of a rejected row as the other records leave them. A row that was mapped before it was refused or taken out
 * has its adjustments recorded, so it goes with its adjusted values; one that mapping rejected has none.
 */
function keptValues(feed: Feed, live: TableSchema, record: RejectRecord): ValueOf | null {
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

/** A row that resolving took out stands in the column order of the live table; numbers and dates have nothing escaped. */
function lineValues(live: TableSchema, line: string): ValueOf | null {
  const cells = line.split('\t');
  if (cells.length !== live.columns.length) return null;
  return (name) => {
    const cell = cells[indexOf(live, name)];
    return cell === '\\N' ? null : cell;
  };
}

/** The records of filtered rows hold no values, so the source is read again for them. */
async function reckonFilter(
  { source, ledger, plan, resolved, parts }: ValidationContext,
  feed: Feed,
  tallies: Tallies,
): Promise<void> {
  const { planned } = feed;
  const entries = ledger.filter((e) => e.mapping === planned.name);
  if (tallyOf(entries, resolvedOf(planned, plan.mappings, resolved)).filtered === 0) return;
  for (const part of await parts(planned.source)) {
    const mapper = planned.mapper();
    for await (const batch of source.read(planned.source, part)) {
      for (const row of batch) {
        if (mapper.map(row).filter === null) continue;
        const values = sourceValues(feed, row);
        for (const [name, tally] of tallies) tally.takeOut(values(name));
      }
    }
  }
}

function verdictOn(
  planned: PlannedMapping,
  tallies: readonly ColumnTally[],
  targetFacts: readonly Aggregate[],
  maxKeys: number,
): Finding {
  const looked = tallies.map((tally) => {
    const { name } = tally.column.target;
    const facts = factOf(targetFacts, name);
    return { name, differing: tally.differences(facts), unknown: tally.unknown(facts) };
  });
  const differing = looked.filter((l) => l.differing.length > 0);
  const unknown = looked.filter((l) => l.unknown.length > 0);
  const listed = (list: typeof looked, facts: 'differing' | 'unknown'): string =>
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
        : [`not compared, since a changed or missing value had it: ${listed(unknown, 'unknown')}`]),
    ],
  };
}
