import { foldKey } from '../../core/mapping/convert/fold.ts';
import { rowText } from '../../core/model/row-text.ts';
import type { Column, ColumnType, Kind, TableSchema } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type {
  Aggregate,
  Findings,
  Inspector,
  OrphanQuestion,
  Part,
  Source,
  Spellings,
} from '../../core/ports/source.ts';
import type {
  Constraint,
  RowSecurityFacts,
  SchemaRuns,
  Target,
  TargetInspector,
  TargetSequence,
} from '../../core/ports/target.ts';

import { encoded, memoryFormat } from './memory-format.ts';

/** Databases in memory, only for the tests of the validators. Tests change `rows` to corrupt them. */

export interface MemoryTable {
  readonly schema: TableSchema;
  rows: Value[][];
}

export type MemoryDatabase = Map<string, MemoryTable>;

/** Native names are kinds: `int32`, `decimal(18,2)`, `text(20)`. */
export function parseMemoryType(native: string): ColumnType {
  const [, kind, first, second] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?$/.exec(native) as unknown as string[];
  const type = { kind: kind as Kind, native };
  if (first === undefined) return type;
  if (kind === 'decimal') return { ...type, precision: Number(first), scale: Number(second ?? 0) };
  return { ...type, length: Number(first) };
}

export function tableIn(database: MemoryDatabase, name: string): MemoryTable {
  const table = database.get(name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

/** Positions of columns in a table's rows. */
export function places(schema: TableSchema, columns: readonly string[]): number[] {
  return columns.map((name) => schema.columns.findIndex((c) => c.name === name));
}

/** Digits after the decimal point of the longest decimal. */
const DIGITS = 20;

const numbers: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64', 'decimal', 'float32', 'float64'];

function memoryInspector(database: MemoryDatabase): Inspector {
  return {
    server: async () => null,
    tables: async () => [...database.values()].map((t) => t.schema),
    structure: async () => null,
    count: async (table) => tableIn(database, table).rows.length,
    aggregates: async (table, columns) => columns.map((column) => aggregate(tableIn(database, table.name), column)),
    orphans: async (question, limit) => orphans(database, question, limit),
    spellings: async (question, limit) => spellings(database, question, limit),
    sequences: async () => null,
    duplicates: async (table, columns, limit) => duplicates(tableIn(database, table.name), columns, limit),
  };
}

function aggregate({ schema, rows }: MemoryTable, column: string): Aggregate {
  const [place = 0] = places(schema, [column]);
  const { kind } = (schema.columns[place] as Column).type;
  const values = rows.map((row) => row[place]).filter((v) => typeof v === 'string');
  const isNumber = numbers.includes(kind);
  const sorted = values.toSorted((a, b) => ((isNumber ? unitsOf(a) < unitsOf(b) : a < b) ? -1 : 1));
  const isSummed = isNumber && !kind.startsWith('float') && values.length > 0;
  return {
    column,
    nonNull: values.length,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    sum: isSummed ? sumOf(values) : null,
  };
}

/** Independent of the validators' own arithmetic: everything in units of the twentieth decimal digit. */
function unitsOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(DIGITS, '0'));
  return text.startsWith('-') ? -size : size;
}

function sumOf(values: readonly string[]): string {
  const total = values.reduce((sum, text) => sum + unitsOf(text), 0n);
  const digits = String(total < 0n ? -total : total).padStart(DIGITS + 1, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`;
}

function orphans(database: MemoryDatabase, question: OrphanQuestion, limit: number): Findings {
  const parent = tableIn(database, question.parent.name);
  const child = tableIn(database, question.child.name);
  const keyAt = (row: Row, at: readonly number[]): string => at.map((i) => foldKey(String(row[i]))).join('\t');
  const parentPlaces = places(parent.schema, question.parentColumns);
  const parents = new Set(parent.rows.map((row) => keyAt(row, parentPlaces)));
  const at = places(child.schema, question.columns);
  const [flag = -1] = question.when === undefined ? [] : places(child.schema, [question.when.column]);
  const found = child.rows.filter((row) => {
    if (at.some((i) => row[i] === null || question.none.includes(foldKey(String(row[i]))))) return false;
    if (question.when !== undefined && !question.when.equals.includes(String(row[flag]))) return false;
    return !parents.has(keyAt(row, at));
  });
  return {
    count: found.length,
    keys: found.slice(0, limit).map((row) => keyText(child.schema, row)),
    isComplete: true,
  };
}

function spellings(database: MemoryDatabase, question: OrphanQuestion, limit: number): Spellings {
  const [child, parent] = [tableIn(database, question.child.name), tableIn(database, question.parent.name)];
  const textsAt = ({ schema, rows }: MemoryTable, columns: readonly string[]): string[][] =>
    rows.map((row) => places(schema, columns).map((i) => String(row[i])));
  const parents = textsAt(parent, question.parentColumns);
  const found = textsAt(child, question.columns).flatMap((key) =>
    parents
      .filter((other) => other.join() !== key.join() && other.map(foldKey).join() === key.map(foldKey).join())
      .map((other) => ({ child: key, parent: other })),
  );
  return { count: found.length, pairs: found.slice(0, limit), isComplete: true };
}

function duplicates({ schema, rows }: MemoryTable, columns: readonly string[], limit: number): Findings {
  const at = places(schema, columns);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (at.some((i) => row[i] === null)) continue;
    const text = rowText(at.map((i) => row[i] as Value));
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  const found = [...groups.values()].filter((group) => group.length > 1);
  const keys = found.slice(0, limit).map((group) => keyText(schema, group[0] as Row));
  return { count: found.length, keys, isComplete: true };
}

export function keyText(schema: TableSchema, row: Row): string {
  return places(schema, schema.key)
    .map((i) => `${schema.columns[i]?.name}=${row[i]}`)
    .join(', ');
}

/** Parts are cut by position. `fail` is called before each batch and may throw. */
export function memorySource(database: MemoryDatabase, fail: (table: string) => void = () => undefined): Source {
  return {
    label: 'memory:source',
    snapshot: { isConsistent: true, note: '' },
    inspector: memoryInspector(database),
    async parts(table, maxRows) {
      const { schema, rows } = tableIn(database, table.name);
      if (schema.key.length === 0) return [{ number: 1, after: null, upTo: null }];
      const ends = rows.map((_, i) => [String(i)]).filter((_, i) => (i + 1) % maxRows === 0 && i + 1 < rows.length);
      return [null, ...ends].map((after, i): Part => ({ number: i + 1, after, upTo: ends[i] ?? null }));
    },
    async *read(table, { after, upTo }) {
      const { rows } = tableIn(database, table.name);
      const part = rows.slice(
        after === null ? 0 : Number(after[0]) + 1,
        upTo === null ? undefined : Number(upTo[0]) + 1,
      );
      for (let i = 0; i < part.length; i += 3) {
        fail(table.name);
        yield part.slice(i, i + 3);
      }
    },
    close: async () => undefined,
  };
}

/** What a target reports about its rows. */
export interface MemoryFacts {
  constraints: Constraint[];
  rowSecurity: Record<string, RowSecurityFacts>;
  sequences: TargetSequence[];
  isLive?: boolean;
  /** Called before each batch of rows. May throw. */
  fail: (how: 'lines' | 'encoded') => void;
}

export function memoryTarget(database: MemoryDatabase, facts: MemoryFacts): Target {
  const inspector = memoryTargetInspector(database, facts);
  const runs = async (): Promise<SchemaRuns> => ({ runs: ['r'], isLive: facts.isLive ?? false });
  return { label: 'memory:target', inspector, runs, rowFormat: async () => memoryFormat } as unknown as Target;
}

function memoryTargetInspector(database: MemoryDatabase, facts: MemoryFacts): TargetInspector {
  return {
    ...memoryInspector(database),
    async *lines(table, columns) {
      const { schema, rows } = tableIn(database, table);
      const at = places(schema, columns);
      const lines = rows.map((row) => rowText(at.map((i) => row[i] as Value))).reverse();
      for (let i = 0; i < lines.length; i += 2) {
        facts.fail('lines');
        yield lines.slice(i, i + 2);
      }
    },
    async *encoded(table, columns) {
      const { schema, rows } = tableIn(database, table);
      const at = places(
        schema,
        columns.map(({ name }) => name),
      );
      const picked = rows.map((row) => at.map((i) => row[i] as Value)).reverse();
      for (let i = 0; i < picked.length; i += 2) {
        facts.fail('encoded');
        yield encoded(picked.slice(i, i + 2));
      }
    },
    catalog: async () => [],
    async nulls(table, columns) {
      const { schema, rows } = tableIn(database, table);
      const at = places(schema, columns);
      return columns
        .map((column, i) => ({ column, count: rows.filter((row) => row[at[i] as number] === null).length }))
        .filter(({ count }) => count > 0);
    },
    constraints: async () => facts.constraints,
    async rowSecurity(table) {
      const found = facts.rowSecurity[table];
      if (found === undefined) throw new Error(`nothing is known of ${table}`);
      return found;
    },
    boundTables: async () => new Map(),
    sequences: async () => facts.sequences,
  };
}
