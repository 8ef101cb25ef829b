import {
  addDecimals,
  compareDecimals,
  decimalText,
  type ExactDecimal,
  parseDecimal,
  zeroDecimal,
} from '../../core/model/decimal.ts';
import type { Column, Kind, TableSchema } from '../../core/model/schema.ts';
import type { Aggregate } from '../../core/ports/source.ts';
import { withoutMinusZero } from '../sql/aggregates.ts';
import { columnNamed } from '../sql/keys.ts';
import type { RawCell, RawRow } from './database.ts';
import type { InspectedDatabase } from './findings.ts';
import { quoteName } from './names.ts';
import { decoderOf, selected } from './values/cell.ts';

/**
 * Aggregates. SQLite itself counts, sums and compares integers and floats. Of decimals, dates and times it knows only reals
 * and texts, so these are read once more, in the order of the file, and compared here. Values that no row can arrive with
 * (cell.ts) are not counted.
 */
export async function readAggregates(
  inspected: InspectedDatabase,
  table: TableSchema,
  names: readonly string[],
): Promise<readonly Aggregate[]> {
  const columns = names.map((name) => columnNamed(table, name));
  const found = new Map<string, Aggregate>();
  const asked = columns.filter(({ type }) => classOf[type.kind] !== undefined);
  for (let start = 0; start < asked.length; start += columnsPerQuery)
    for (const each of await ask(inspected, table, asked.slice(start, start + columnsPerQuery)))
      found.set(each.column, each);
  const read = columns.filter(({ type }) => classOf[type.kind] === undefined);
  if (read.length > 0) for (const each of await tally(inspected, table, read)) found.set(each.column, each);
  return names.map((name) => found.get(name) as Aggregate);
}

/** The storage classes of a kind whose values SQLite compares as waybill does. */
const classOf: Partial<Record<Kind, string>> = { int64: "'integer'", float64: "'real'", bytes: "'blob'" };

/** A column needs five expressions, and a query can have 2000. */
const columnsPerQuery = 300;

/** Two halves of an integer: a sum of whole 64-bit integers overflows, one of halves does not. */
const half = 4_294_967_296;

async function ask(
  { database, naming }: InspectedDatabase,
  table: TableSchema,
  columns: readonly Column[],
): Promise<readonly Aggregate[]> {
  const list = columns.flatMap((column, i) => expressions(column).map((sql, k) => `${sql} as c${5 * i + k}`));
  const sql = `select ${list.join(', ')} from ${naming(table.name)}`;
  const [row = []] = await database.rows(sql, `sum up ${table.name}`);
  return columns.map((column, i) => aggregateOf(column, row.slice(5 * i, 5 * i + 5)));
}

function expressions({ name, type }: Column): readonly string[] {
  const column = quoteName(name);
  const own = `case when typeof(${column}) = ${classOf[type.kind]} then ${column} end`;
  const extremes = type.kind === 'bytes' ? ['null', 'null'] : [`min(${own})`, `max(${own})`];
  const sums = type.kind === 'int64' ? [`sum(${own} / ${half})`, `sum(${own} % ${half})`] : ['null', 'null'];
  return [`count(${own})`, ...extremes, ...sums];
}

function aggregateOf(
  { name, type }: Column,
  [count, min = null, max = null, high = null, low = null]: RawRow,
): Aggregate {
  const decode = decoderOf(type);
  const text = (cell: RawCell) => (cell === null ? null : withoutMinusZero(decode(cell) as string));
  const sum =
    high === null || low === null ? null : String(BigInt(high as number) * BigInt(half) + BigInt(low as number));
  return { column: name, nonNull: Number(count), min: text(min), max: text(max), sum };
}

const moments: readonly Kind[] = ['date', 'time', 'timestamp', 'timestamptz'];

async function tally(
  { database, naming }: InspectedDatabase,
  table: TableSchema,
  columns: readonly Column[],
): Promise<readonly Aggregate[]> {
  const list = columns.map(({ name, type }, i) => `${selected(quoteName(name), type)} as c${i}`);
  const tallies = columns.map(tallyOf);
  const sql = `select ${list.join(', ')} from ${naming(table.name)} not indexed`;
  for await (const batch of database.batches(sql, `sum up ${table.name}`)) {
    for (const row of batch) for (let i = 0; i < tallies.length; i++) tallies[i]?.add(row[i] as RawCell);
  }
  return tallies.map(({ result }) => result());
}

function tallyOf({ name, type }: Column) {
  const decode = decoderOf(type);
  const compare = type.kind === 'decimal' ? compareNumbers : moments.includes(type.kind) ? compareMoments : null;
  let [nonNull, sum] = [0, zeroDecimal];
  let min: string | null = null;
  let max: string | null = null;
  return {
    add(cell: RawCell): void {
      const value = cell === null ? undefined : decode(cell);
      if (value === undefined) return;
      nonNull += 1;
      if (compare === null) return;
      const text = value as string;
      if (min === null || compare(text, min) < 0) min = text;
      if (max === null || compare(text, max) > 0) max = text;
      if (type.kind === 'decimal') sum = addDecimals(sum, parseDecimal(text) as ExactDecimal);
    },
    result: (): Aggregate => {
      const hasSum = type.kind === 'decimal' && nonNull > 0;
      return { column: name, nonNull, min, max, sum: hasSum ? decimalText(sum) : null };
    },
  };
}

function compareNumbers(a: string, b: string): number {
  return compareDecimals(parseDecimal(a) as ExactDecimal, parseDecimal(b) as ExactDecimal);
}

/** Years of more than four digits are later, and those before 1 earlier the greater they are. */
function compareMoments(a: string, b: string): number {
  const [isEarlierEra, otherEra] = [a.endsWith(' BC'), b.endsWith(' BC')];
  if (isEarlierEra !== otherEra) return isEarlierEra ? -1 : 1;
  const [yearA, yearB] = [a.indexOf('-', 1), b.indexOf('-', 1)];
  const order = yearA !== yearB ? yearA - yearB : a < b ? -1 : a > b ? 1 : 0;
  return isEarlierEra && a.slice(0, yearA) !== b.slice(0, yearB) ? -order : order;
}
