import type { Column, Kind, TableSchema } from '../../core/model/schema.ts';
import type { Value } from '../../core/model/value.ts';
import type { Aggregate, Inspector } from '../../core/ports/source.ts';
import { columnNamed, findDuplicates, findOrphans, findSpellings, type InspectedDatabase } from './findings.ts';
import { quoteName } from './names.ts';
import { readTables, type SchemaName } from './schema.ts';
import { readSequences } from './sequences.ts';
import { readStructure } from './structure/read-structure.ts';
import { type Decoder, decoderOf, selected, textDecoder } from './wire/values.ts';

/** Builds the inspector, which reads the source's snapshot and shares its sessions. */
export function inspectorOf(database: InspectedDatabase, schemaOf: (logical: string) => SchemaName): Inspector {
  const { pool, naming } = database;
  return {
    tables: (schemas) => readTables(pool, schemas.map(schemaOf)),
    structure: (schemas) => readStructure(pool, schemas.map(schemaOf)),
    count: async (table) => {
      const [[count] = []] = await pool.texts(`select count_big(*) from ${naming(table)}`, `count ${table}`);
      return Number(count);
    },
    aggregates: (table, columns) => readAggregates(database, table, columns),
    orphans: (question, limit) => findOrphans(database, question, limit),
    spellings: (question, limit) => findSpellings(database, question, limit),
    sequences: (schemas) => readSequences(pool, schemas.map(schemaOf)),
    duplicates: (table, columns, limit) => findDuplicates(database, { table, columns, limit }),
  };
}

/** A column needs four expressions, and a select list has at most 4096. */
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
      found.push({ column: name, nonNull: Number(text(0)), min: text(1), max: text(2), sum: text(3) });
    });
  }
  return found;
}

const integers: readonly Kind[] = ['int16', 'int32', 'int64'];
const summed: readonly Kind[] = [...integers, 'decimal'];
const ordered: readonly Kind[] = [...summed, 'float32', 'float64', 'date', 'time', 'timestamp', 'timestamptz'];

/** Not every type has a count of its own. */
function expressions({ name, type }: Column): readonly string[] {
  const column = quoteName(name);
  const extremes = ordered.includes(type.kind)
    ? [selected(`min(${column})`, type), selected(`max(${column})`, type)]
    : ['null', 'null'];
  const count = `count_big(case when ${column} is null then null else 1 end)`;
  return [count, ...extremes, summed.includes(type.kind) ? sumOf(column, type) : 'null'];
}

/** The sum is exact: that of decimals has 38 digits, and beyond them the server reports an error (8115). */
function sumOf(column: string, { kind, scale = 0 }: Column['type']): string {
  return `convert(varchar(41), sum(convert(decimal(38,${kind === 'decimal' ? scale : 0}), ${column})))`;
}

function decoders({ type }: Column): readonly Decoder[] {
  const value = ordered.includes(type.kind) ? decoderOf(type) : textDecoder;
  return [textDecoder, value, value, textDecoder];
}

/** -0 and 0 are equal, so either can come back as the extreme. */
function withoutMinusZero(text: string | null): string | null {
  return text === '-0' ? '0' : text;
}
