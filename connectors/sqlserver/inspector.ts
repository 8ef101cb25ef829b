import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Inspector } from '../../core/ports/source.ts';
import { type AggregateTexts, orderedKinds, readAggregates, summedKinds } from '../sql/aggregates.ts';
import type { SqlServerAddress } from './address.ts';
import { findDuplicates, findOrphans, findSpellings, type InspectedDatabase } from './findings.ts';
import { quoteName } from './names.ts';
import { readTables, type SchemaName } from './schema.ts';
import { readSequences } from './sequences.ts';
import { readStructure } from './structure/read-structure.ts';
import { type Decoder, decoderOf, selected, textDecoder } from './wire/values.ts';

/** Builds the inspector, which reads the source's snapshot and shares its sessions. */
export function inspectorOf(
  database: InspectedDatabase,
  { encryption }: Pick<SqlServerAddress, 'encryption'>,
  schemaOf: (logical: string) => SchemaName,
): Inspector {
  const { pool, naming } = database;
  return {
    server: async () => {
      const sql = "select cast(serverproperty('ProductVersion') as nvarchar(128))";
      const [[version] = []] = await pool.texts(sql, 'report its version');
      return { version: version ?? '', encryption: encryption === 'off' ? null : 'TLS', isLocal: false };
    },
    tables: (schemas) => readTables(pool, schemas.map(schemaOf)),
    structure: (schemas) => readStructure(pool, schemas.map(schemaOf)),
    count: async (table) => {
      const [[count] = []] = await pool.texts(`select count_big(*) from ${naming(table)}`, `count ${table}`);
      return Number(count);
    },
    aggregates: (table, names) =>
      readAggregates(table, names, columnsPerQuery, (columns) => aggregatesOf(database, table, columns)),
    orphans: (question, limit) => findOrphans(database, question, limit),
    spellings: (question, limit) => findSpellings(database, question, limit),
    sequences: (schemas) => readSequences(pool, schemas.map(schemaOf)),
    duplicates: (table, columns, limit) => findDuplicates(database, { table, columns, limit }),
  };
}

/** A column needs four expressions, and a select list has at most 4096. */
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
    return [count, min, max, sum];
  });
}

/** Not every type has a count of its own. */
function expressions({ name, type }: Column): readonly string[] {
  const column = quoteName(name);
  const extremes = orderedKinds.includes(type.kind)
    ? [selected(`min(${column})`, type), selected(`max(${column})`, type)]
    : ['null', 'null'];
  const count = `count_big(case when ${column} is null then null else 1 end)`;
  return [count, ...extremes, summedKinds.includes(type.kind) ? sumOf(column, type) : 'null'];
}

/** The sum is exact: that of decimals has 38 digits, and beyond them the server reports an error (8115). */
function sumOf(column: string, { kind, scale = 0 }: Column['type']): string {
  return `convert(varchar(41), sum(convert(decimal(38,${kind === 'decimal' ? scale : 0}), ${column})))`;
}

function decoders({ type }: Column): readonly Decoder[] {
  const value = orderedKinds.includes(type.kind) ? decoderOf(type) : textDecoder;
  return [textDecoder, value, value, textDecoder];
}
