import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Inspector } from '../../core/ports/source.ts';
import { type AggregateTexts, orderedKinds, readAggregates, summedKinds } from '../sql/aggregates.ts';
import type { Naming } from '../sql/naming.ts';
import { readSequences } from './ddl/sequences.ts';
import { findDuplicates, findOrphans, findSpellings } from './findings.ts';
import { quoteName } from './names.ts';
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
    server: () =>
      pool.use(async (session) => {
        const [row] = await session.rows("select current_setting('server_version') as version");
        return { version: row?.version ?? '', encryption: session.encryption, isLocal: session.isLocal };
      }),
    tables: (schemas) => readTables(pool, schemas.map(schemaOf)),
    structure: (schemas) => readStructure(pool, schemas.map(schemaOf)),
    count: async (table) => {
      const sql = `select count(*) as rows from ${(await reading())(table)}`;
      const [row] = await pool.rows(sql, [], `count ${table}`);
      return Number(row?.rows);
    },
    aggregates: async (table, names) => {
      const naming = await reading();
      return readAggregates(table, names, columnsPerQuery, (columns) => aggregatesOf(pool, naming, table, columns));
    },
    orphans: async (question, limit) => findOrphans(pool, await reading(), question, limit),
    spellings: async (question, limit) => findSpellings(pool, await reading(), question, limit),
    sequences: (schemas) => readSequences(pool, schemas.map(schemaOf)),
    duplicates: async (table, columns, limit) => findDuplicates(pool, await reading(), { table, columns, limit }),
  };
}

/** A column needs four expressions, and PostgreSQL accepts 1664. */
const columnsPerQuery = 400;

async function aggregatesOf(
  pool: SessionPool,
  naming: Naming,
  { name: table }: TableSchema,
  columns: readonly Column[],
): Promise<readonly AggregateTexts[]> {
  const sql = `select ${columns.map(aggregateExpressions).join(', ')} from ${naming(table)}`;
  const [row] = await pool.rows(sql, [], `sum up ${table}`);
  const text = (name: string): string | null => row?.[name] ?? null;
  return columns.map((_, i) => [text(`n${i}`), text(`a${i}`), text(`z${i}`), text(`s${i}`)]);
}

/** The sum of integers and decimals is numeric, so it is exact. */
function aggregateExpressions({ name, type }: Column, i: number): string {
  const column = quoteName(name);
  const extremes = orderedKinds.includes(type.kind) ? [`min(${column})`, `max(${column})`] : ['null', 'null'];
  const sum = summedKinds.includes(type.kind) ? `sum(${column}::numeric)` : 'null';
  return `count(${column}) as n${i}, ${extremes[0]} as a${i}, ${extremes[1]} as z${i}, ${sum} as s${i}`;
}
