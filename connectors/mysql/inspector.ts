import type { Aggregate, Inspector } from '../../core/ports.ts';
import type { Column, Kind, TableSchema } from '../../core/schema.ts';
import type { Value } from '../../core/value.ts';
import { type Decoder, decoderOf, selected, textDecoder } from './decode.ts';
import { type Asked, columnNamed, findDuplicates, findOrphans } from './findings.ts';
import { quoteName } from './names.ts';
import { readTables, type SchemaName } from './schema.ts';

/** Answers from the source's own snapshot, in turn with its readings. */
export function inspectorOf(asked: Asked, schemaOf: (logical: string) => SchemaName): Inspector {
  const { readers, naming } = asked;
  return {
    tables: (schemas) => readTables(readers, schemas.map(schemaOf)),
    count: async (table) => {
      const [[count] = []] = await readers.rows(`select count(*) from ${naming(table)}`, `count ${table}`);
      return Number(count);
    },
    aggregates: (table, columns) => readAggregates(asked, table, columns),
    orphans: (question, limit) => findOrphans(asked, question, limit),
    duplicates: (table, columns, limit) => findDuplicates(asked, { table, columns, limit }),
  };
}

/** Four expressions a column, and the server takes 4096 of them. */
const columnsPerQuery = 1000;

async function readAggregates(asked: Asked, table: TableSchema, columns: readonly string[]): Promise<Aggregate[]> {
  const found: Aggregate[] = [];
  for (let start = 0; start < columns.length; start += columnsPerQuery) {
    const some = columns.slice(start, start + columnsPerQuery).map((name) => columnNamed(table, name));
    const sql = `select ${some.flatMap(expressions).join(', ')} from ${asked.naming(table.name)}`;
    const [row = []] = await asked.readers.rows(sql, `sum up ${table.name}`, some.flatMap(decoders));
    some.forEach(({ name }, i) => {
      const text = (place: number) =>
        withoutMinusZero((row[i * 4 + place] as Value as string | null | undefined) ?? null);
      found.push({ column: name, nonNull: Number(text(0)), min: text(1), max: text(2), sum: text(3) });
    });
  }
  return found;
}

const summed: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64', 'decimal'];
const ordered: readonly Kind[] = [...summed, 'float32', 'float64', 'date', 'time', 'timestamp', 'timestamptz'];

function expressions({ name, type }: Column): readonly string[] {
  const column = quoteName(name);
  const value = selected(column, type);
  const extremes = ordered.includes(type.kind) ? [`min(${value})`, `max(${value})`] : ['null', 'null'];
  // The sum of integers and decimals is a decimal, so it is exact.
  const sum = summed.includes(type.kind) ? `cast(sum(${column}) as decimal(65, ${type.scale ?? 0}))` : 'null';
  return [`count(${column})`, ...extremes, sum];
}

function decoders({ type }: Column): readonly Decoder[] {
  const value = ordered.includes(type.kind) ? decoderOf(type) : textDecoder;
  return [textDecoder, value, value, textDecoder];
}

/** -0 and 0 are equal: which of them is an extreme is chance. */
function withoutMinusZero(text: string | null): string | null {
  return text === '-0' ? '0' : text;
}
