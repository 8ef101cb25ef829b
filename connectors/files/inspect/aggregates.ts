import type { Column, TableSchema } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import type { Aggregate } from '../../../core/ports/source.ts';
import { comparisonOf } from './compare.ts';
import { exactSum } from './exact-sum.ts';
import { placesOf, type TableFiles, tableRows } from './table-files.ts';

/** Aggregates each named column in one reading of the table. Only numbers, dates and times have extremes. */
export async function aggregateColumns(
  files: TableFiles,
  table: TableSchema,
  columns: readonly string[],
): Promise<readonly Aggregate[]> {
  const places = placesOf(table, columns);
  const tallies = places.map((place) => tallyOf(table.columns[place] as Column));
  for await (const batch of tableRows(files, table)) {
    for (const row of batch) {
      for (let i = 0; i < places.length; i++) tallies[i]?.add(row[places[i] as number] as Value);
    }
  }
  return tallies.map((tally) => tally.result());
}

interface Tally {
  add(value: Value): void;
  result(): Aggregate;
}

function tallyOf(column: Column): Tally {
  const compare = comparisonOf(column.type.kind);
  const sum = sumOf(column);
  let nonNull = 0;
  let min: string | null = null;
  let max: string | null = null;
  const add = (value: Value) => {
    if (value === null) return;
    nonNull += 1;
    if (compare === null) return;
    const text = value as string;
    if (min === null || compare(text, min) < 0) min = text;
    if (max === null || compare(text, max) > 0) max = text;
    sum?.add(text);
  };
  return { add, result: () => ({ column: column.name, nonNull, min, max, sum: sum?.result() ?? null }) };
}

function sumOf(column: Column) {
  const { kind, scale } = column.type;
  if (kind === 'decimal') return exactSum(scale ?? 0);
  return kind.startsWith('int') || kind === 'uint64' ? exactSum(0) : null;
}
