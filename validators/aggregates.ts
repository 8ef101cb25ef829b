import { accountOf, mappingsTo, settledOf } from '../core/account.ts';
import type { Check, ValidationContext, Validator } from '../core/check.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Aggregate } from '../core/ports.ts';
import type { RejectRecord } from '../core/records.ts';
import { indexOf } from '../core/row-key.ts';
import type { TableSchema } from '../core/schema.ts';
import type { Row, Value } from '../core/value.ts';
import { attempt, type Finding } from './attempt.ts';
import { ColumnTally, comparedColumns } from './column-tally.ts';
import { bothOf, inOrder } from './in-order.ts';
import { rowOfReject } from './recorded-row.ts';
import { isSourceRow } from './refused-rows.ts';

const check = 'aggregates';

/**
 * Whether the databases themselves, asked apart, say the same of each numeric and date column: number of values, exact
 * sum, least and greatest. What the run recorded as changed or left out is reckoned in. It does not map a row, so a fault
 * of the mover cannot hide itself here.
 */
export const aggregates: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const compared = context.plan.mappings.filter((planned) => comparedColumns(planned).length > 0);
    yield* inOrder(compared, (planned) =>
      attempt({ check, subject: planned.name }, () => compareColumns(context, planned)),
    );
  },
};

async function compareColumns(context: ValidationContext, planned: PlannedMapping): Promise<Finding> {
  const feeding = mappingsTo(planned.target.name, context.plan.mappings).length;
  if (feeding > 1)
    return incompleteFor(`${feeding} mappings feed ${planned.target.name}; their values cannot be told apart`);
  const columns = comparedColumns(planned);
  const names = columns.map((c) => c.target.name);
  const [sourceFacts, targetFacts] = await bothOf(
    context.source.inspector.aggregates(planned.source, unique(columns.map((c) => c.source.name))),
    context.target.inspector.aggregates(planned.target, names),
  );
  const tallies = columns.map((c) => new ColumnTally(c, factOf(sourceFacts, c.source.name)));
  const unreadable = await reckonRecords(context, planned, tallies);
  if (unreadable > 0)
    return incompleteFor('rows that settling took out are not kept with the columns that the target has');
  await reckonFilter(context, planned, tallies);
  return verdictOn(planned, tallies, targetFacts, context.maxKeys);
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

/** @returns the number of kept rows that could not be read. */
async function reckonRecords(
  context: ValidationContext,
  planned: PlannedMapping,
  tallies: readonly ColumnTally[],
): Promise<number> {
  const byColumn = new Map(tallies.map((t) => [t.column.target.name, t]));
  const live = await liveTable(context, planned);
  let unreadable = 0;
  for await (const record of context.records(planned.name)) {
    if (record.kind === 'adjustment') byColumn.get(record.column)?.change(textOf(record.from), textOf(record.to));
    if (record.kind !== 'reject') continue;
    const kept = keptValues(planned, live, record);
    if (kept === null) unreadable++;
    else for (const tally of tallies) tally.takeOut(kept(tally));
  }
  return unreadable;
}

async function liveTable({ target, settled }: ValidationContext, planned: PlannedMapping): Promise<TableSchema> {
  if (!settled.some((s) => s.action === 'reject' && s.table === planned.target.name)) return planned.target;
  return (await target.inspector.tables([''])).find((t) => t.name === planned.target.name) ?? planned.target;
}

function textOf(value: unknown): Value {
  return typeof value === 'string' ? value : null;
}

type ValueOf = (tally: ColumnTally) => Value | undefined;

/**
 * The values of a rejected row as the other records leave them. A row that was mapped before it was refused or taken out
 * has its adjustments recorded, so it goes with its adjusted values; one that mapping rejected has none.
 */
function keptValues(planned: PlannedMapping, live: TableSchema, record: RejectRecord): ValueOf | null {
  const row = rowOfReject(record);
  if (row === null) return lineValues(live, String(record.row));
  if (!isSourceRow(planned, record, row)) return mappedValues(planned, row);
  if (record.stage === 'map') return (tally) => row[indexOf(planned.source, tally.column.source.name)];
  const mapped = planned.mapper().map(row).row;
  return mapped === null ? null : mappedValues(planned, mapped);
}

function mappedValues({ columns }: PlannedMapping, row: Row): ValueOf {
  return (tally) => row[columns.findIndex((c) => c.name === tally.column.target.name)];
}

/** A row that settling took out stands in the column order of the live table; numbers and dates have nothing escaped. */
function lineValues(live: TableSchema, line: string): ValueOf | null {
  const cells = line.split('\t');
  if (cells.length !== live.columns.length) return null;
  return (tally) => {
    const cell = cells[indexOf(live, tally.column.target.name)];
    return cell === '\\N' ? null : cell;
  };
}

/** The records of filtered rows hold no values, so the source is read again for them. */
async function reckonFilter(
  { source, ledger, plan, settled, partRows }: ValidationContext,
  planned: PlannedMapping,
  tallies: readonly ColumnTally[],
): Promise<void> {
  const { filter } = planned.mapping;
  const entries = ledger.filter((e) => e.mapping === planned.name);
  if (filter === undefined || accountOf(entries, settledOf(planned, plan.mappings, settled)).filtered === 0) return;
  const reads = filter.reads.map((name) => indexOf(planned.source, name));
  for (const part of await source.parts(planned.source, partRows)) {
    for await (const batch of source.read(planned.source, part)) {
      const dropped = batch.filter((row) => filter.drops(reads.map((i) => row[i] as Value)));
      for (const row of dropped) {
        for (const tally of tallies) tally.takeOut(row[indexOf(planned.source, tally.column.source.name)]);
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
