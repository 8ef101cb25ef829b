import type { Column, Kind, TableSchema } from '../../core/model/schema.ts';
import type { Aggregate, Inspector } from '../../core/ports/source.ts';
import { readSequences } from './ddl/sequences.ts';
import { findDuplicates, findOrphans, findSpellings } from './findings.ts';
import { type Naming, quoteName } from './names.ts';
import { readTables, type SchemaName } from './schema.ts';
import type { SessionPool } from './session-pool.ts';
import { readStructure } from './structure/read-structure.ts';

/** The database that is queried, and how it names tables and schemas. */
export interface InspectedDatabase {
  readonly pool: SessionPool;
  /** How it names tables that are read (`readingNaming`). */
  readonly reading: () => Promise<Naming>;
  /** Logical schema → live schema. */
  readonly schemaOf: (logical: string) => SchemaName;
}

/** Builds the part of an inspector that a source and a target share. */
export function inspectorOf({ pool, reading, schemaOf }: InspectedDatabase): Inspector {
  return {
    tables: (schemas) => readTables(pool, schemas.map(schemaOf)),
    structure: (schemas) => readStructure(pool, schemas.map(schemaOf)),
    count: async (table) => {
      const sql = `select count(*) as rows from ${(await reading())(table)}`;
      const [row] = await pool.rows(sql, [], `count ${table}`);
      return Number(row?.rows);
    },
    aggregates: async (table, columns) => readAggregates(pool, await reading(), table, columns),
    orphans: async (question, limit) => findOrphans(pool, await reading(), question, limit),
    spellings: async (question, limit) => findSpellings(pool, await reading(), question, limit),
    sequences: (schemas) => readSequences(pool, schemas.map(schemaOf)),
    duplicates: async (table, columns, limit) => findDuplicates(pool, await reading(), { table, columns, limit }),
  };
}

/** A column needs four expressions, and PostgreSQL accepts 1664. */
const columnsPerQuery = 400;

async function readAggregates(
  pool: SessionPool,
  naming: Naming,
  table: TableSchema,
  columns: readonly string[],
): Promise<Aggregate[]> {
  const found: Aggregate[] = [];
  for (let start = 0; start < columns.length; start += columnsPerQuery) {
    const some = columns.slice(start, start + columnsPerQuery).map((name) => columnNamed(table, name));
    const sql = `select ${some.map(aggregateExpressions).join(', ')} from ${naming(table.name)}`;
    const [row] = await pool.rows(sql, [], `sum up ${table.name}`);
    some.forEach(({ name }, i) => {
      const text = (part: string): string | null => row?.[`${part}${i}`] ?? null;
      found.push({ column: name, nonNull: Number(text('n')), min: text('a'), max: text('z'), sum: text('s') });
    });
  }
  return found;
}

function columnNamed(table: TableSchema, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined) throw new Error(`${table.name} has no column ${name}`);
  return column;
}

const summed: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64', 'decimal'];
const ordered: readonly Kind[] = [...summed, 'float32', 'float64', 'date', 'time', 'timestamp', 'timestamptz'];

/** The sum of integers and decimals is numeric, so it is exact. */
function aggregateExpressions({ name, type }: Column, i: number): string {
  const column = quoteName(name);
  const extremes = ordered.includes(type.kind) ? [`min(${column})`, `max(${column})`] : ['null', 'null'];
  const sum = summed.includes(type.kind) ? `sum(${column}::numeric)` : 'null';
  return `count(${column}) as n${i}, ${extremes[0]} as a${i}, ${extremes[1]} as z${i}, ${sum} as s${i}`;
}
