import type { Column, Kind, TableSchema } from '../../core/model/schema.ts';
import type { Aggregate } from '../../core/ports/source.ts';
import { columnNamed } from './keys.ts';

/** The kinds that every database adds up exactly. */
export const summedKinds: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64', 'decimal'];
/** The kinds that every database orders in the same way. */
export const orderedKinds: readonly Kind[] = [
  ...summedKinds,
  ...(['float32', 'float64', 'date', 'time', 'timestamp', 'timestamptz'] as const),
];

/** The number of values, the least and the greatest one, and the sum; as text, null where the database was not asked. */
export type AggregateTexts = readonly [
  count: string | null,
  min: string | null,
  max: string | null,
  sum: string | null,
];

/**
 * Reads the aggregates of columns, as many in one query as the server accepts.
 * @param ask reads the figures of some columns, in their order.
 */
export async function readAggregates(
  table: TableSchema,
  names: readonly string[],
  columnsPerQuery: number,
  ask: (columns: readonly Column[]) => Promise<readonly AggregateTexts[]>,
): Promise<Aggregate[]> {
  const columns = names.map((name) => columnNamed(table, name));
  const found: Aggregate[] = [];
  for (let start = 0; start < columns.length; start += columnsPerQuery) {
    const some = columns.slice(start, start + columnsPerQuery);
    const texts = await ask(some);
    some.forEach(({ name }, i) => {
      const [count, min, max, sum] = texts[i] as AggregateTexts;
      found.push({ column: name, nonNull: Number(count), min: withoutMinusZero(min), max: withoutMinusZero(max), sum });
    });
  }
  return found;
}

/** -0 and 0 are equal, so either can be the extreme. */
export function withoutMinusZero<Text extends string | null>(text: Text): Text | '0' {
  return text === '-0' ? '0' : text;
}
