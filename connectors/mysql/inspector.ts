import { addDecimals, decimalText, type ExactDecimal, parseDecimal } from '../../core/model/decimal.ts';
import type { Column, ColumnType, TableSchema } from '../../core/model/schema.ts';
import type { Inspector } from '../../core/ports/source.ts';
import { type AggregateTexts, orderedKinds, readAggregates, summedKinds } from '../sql/aggregates.ts';
import type { MysqlAddress } from './address.ts';
import { findDuplicates, findOrphans, findSpellings, type InspectedDatabase } from './findings.ts';
import { quoteName } from './names.ts';
import { readTables, type SchemaName } from './schema.ts';
import { readSequences } from './sequences.ts';
import { profileTable } from './structure/profile.ts';
import { readStructure } from './structure/read-structure.ts';
import { type Decoder, decoderOf, selected, textDecoder } from './wire/decode.ts';

/** Builds the inspector, which reads the source's snapshot and shares its sessions. */
export function inspectorOf(
  database: InspectedDatabase,
  { socket }: Pick<MysqlAddress, 'socket'>,
  schemaOf: (logical: string) => SchemaName,
): Inspector {
  const { pool, naming } = database;
  return {
    server: async () => {
      const [[version] = []] = await pool.rows('select version()', 'report its version');
      const [[, encryption] = []] = await pool.rows("show session status like 'Ssl_version'", 'report its encryption');
      return { version: version as string, encryption: (encryption as string) || null, isLocal: socket !== null };
    },
    tables: (schemas) => readTables(pool, schemas.map(schemaOf)),
    structure: (schemas) => readStructure(pool, schemas.map(schemaOf)),
    count: async (table) => {
      const [[count] = []] = await pool.rows(`select count(*) from ${naming(table)}`, `count ${table}`);
      return Number(count);
    },
    profile: (table) => profileTable(database, table),
    aggregates: (table, names) =>
      readAggregates(table, names, columnsPerQuery, (columns) => aggregatesOf(database, table, columns)),
    orphans: (question, limit) => findOrphans(database, question, limit),
    spellings: (question, limit) => findSpellings(database, question, limit),
    sequences: (schemas) => readSequences(pool, schemas.map(schemaOf)),
    duplicates: (table, columns, limit) => findDuplicates(database, { table, columns, limit }),
  };
}

/** A column needs four expressions, and the server accepts 4096. */
const columnsPerQuery = 1000;

async function aggregatesOf(
  { pool, naming }: InspectedDatabase,
  { name: table }: TableSchema,
  columns: readonly Column[],
): Promise<readonly AggregateTexts[]> {
  const sql = `select ${columns.flatMap(expressions).join(', ')} from ${naming(table)}`;
  const [row = []] = (await pool.rows(sql, `sum up ${table}`, columns.flatMap(decoders))) as readonly (
    | string
    | null
  )[][];
  return columns.map((_, i) => {
    const [count = null, min = null, max = null, sum = null] = row.slice(4 * i);
    return [count, min, max, wholeSum(sum)];
  });
}

function expressions({ name, type }: Column): readonly string[] {
  const column = quoteName(name);
  const value = selected(column, type);
  const extremes = orderedKinds.includes(type.kind) ? [`min(${value})`, `max(${value})`] : ['null', 'null'];
  return [`count(${column})`, ...extremes, summedKinds.includes(type.kind) ? sumOf(column, type) : 'null'];
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
  const value = orderedKinds.includes(type.kind) ? decoderOf(type) : textDecoder;
  return [textDecoder, value, value, textDecoder];
}
