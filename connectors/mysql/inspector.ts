import { addDecimals, decimalText, type ExactDecimal, parseDecimal } from '../../core/model/decimal.ts';
import type { Column, ColumnType, Kind, TableSchema } from '../../core/model/schema.ts';
import type { Value } from '../../core/model/value.ts';
import type { Aggregate, Inspector } from '../../core/ports/source.ts';
import { columnNamed } from '../sql/keys.ts';
import { findDuplicates, findOrphans, findSpellings, type InspectedDatabase } from './findings.ts';
import { quoteName } from './names.ts';
import { readTables, type SchemaName } from './schema.ts';
import { readSequences } from './sequences.ts';
import { profileTable } from './structure/profile.ts';
import { readStructure } from './structure/read-structure.ts';
import { type Decoder, decoderOf, selected, textDecoder } from './wire/decode.ts';

/** Builds the inspector, which reads the source's snapshot and shares its sessions. */
export function inspectorOf(database: InspectedDatabase, schemaOf: (logical: string) => SchemaName): Inspector {
  const { pool, naming } = database;
  return {
    tables: (schemas) => readTables(pool, schemas.map(schemaOf)),
    structure: (schemas) => readStructure(pool, schemas.map(schemaOf)),
    count: async (table) => {
      const [[count] = []] = await pool.rows(`select count(*) from ${naming(table)}`, `count ${table}`);
      return Number(count);
    },
    profile: (table) => profileTable(database, table),
    aggregates: (table, columns) => readAggregates(database, table, columns),
    orphans: (question, limit) => findOrphans(database, question, limit),
    spellings: (question, limit) => findSpellings(database, question, limit),
    sequences: (schemas) => readSequences(pool, schemas.map(schemaOf)),
    duplicates: (table, columns, limit) => findDuplicates(database, { table, columns, limit }),
  };
}

/** A column needs four expressions, and the server accepts 4096. */
const columnsPerQuery = 1000;

async function readAggregates(
  database: InspectedDatabase,
  table: TableSchema,
  columns: readonly string[],
): Promise<Aggregate[]> {
  const found: Aggregate[] = [];
  for (let start = 0; start < columns.length; start += columnsPerQuery) {
    const some = columns.slice(start, start + columnsPerQuery).map((name) => columnNamed(table, name));
    const sql = `select ${some.flatMap(expressions).join(', ')} from ${database.naming(table.name)}`;
    const [row = []] = await database.pool.rows(sql, `sum up ${table.name}`, some.flatMap(decoders));
    some.forEach(({ name }, i) => {
      const text = (place: number) =>
        withoutMinusZero((row[i * 4 + place] as Value as string | null | undefined) ?? null);
      found.push({ column: name, nonNull: Number(text(0)), min: text(1), max: text(2), sum: wholeSum(text(3)) });
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
  return [`count(${column})`, ...extremes, summed.includes(type.kind) ? sumOf(column, type) : 'null'];
}

/** Digits that the sum of a decimal can need beyond its type's. */
const digitsOfRows = 20;

/**
 * The sum of integers and decimals is an exact decimal up to 65 digits. Beyond them the server returns the largest decimal
 * without an error, so such sums are read as two: of the whole numbers and of the fractions.
 */
function sumOf(column: string, { precision = 0, scale = 0 }: ColumnType): string {
  const sum = (value: string) => `cast(sum(${value}) as decimal(65, ${scale}))`;
  if (scale === 0 || precision + digitsOfRows <= 65) return sum(column);
  const whole = `truncate(${column}, 0)`;
  return `concat(sum(${whole}), '+', ${sum(`${column} - ${whole}`)})`;
}

/** `12+-3.50` → `8.50` */
function wholeSum(text: string | null): string | null {
  const [whole = '', fraction] = text?.split('+') ?? [];
  if (fraction === undefined) return text;
  return decimalText(addDecimals(parseDecimal(whole) as ExactDecimal, parseDecimal(fraction) as ExactDecimal));
}

function decoders({ type }: Column): readonly Decoder[] {
  const value = ordered.includes(type.kind) ? decoderOf(type) : textDecoder;
  return [textDecoder, value, value, textDecoder];
}

/** -0 and 0 are equal, so either can come back as the extreme. */
function withoutMinusZero(text: string | null): string | null {
  return text === '-0' ? '0' : text;
}
