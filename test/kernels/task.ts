import { Buffer } from 'node:buffer';
import { cellFormsOf, cellValues } from '../../connectors/files/exported/cell-codec.ts';
import { jsonFormat } from '../../connectors/files/exported/row-format.ts';
import { parseMysqlType } from '../../connectors/mysql/types.ts';
import { readingOf } from '../../connectors/mysql/wire/cell-reading.ts';
import { binaryFormat } from '../../connectors/postgres/row-format/binary-format.ts';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { entityIds } from '../../core/mapping/ids/entity-ids.ts';
import { mapperOf } from '../../core/mapping/mapper.ts';
import type { Rule, RuleContext } from '../../core/mapping/mapping.ts';
import type { FastTask } from '../../core/mapping/plan/fast-path.ts';
import type { CellBatch } from '../../core/model/cells.ts';
import { RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import type { Column } from '../../core/model/schema.ts';
import { fastPath } from '../../kernels/fast-path.ts';

export const formats = ['copy-binary', 'json-line'] as const;

/** A target column: a rule over source columns by name, and a type. */
export interface Wanted {
  readonly rule: Rule;
  readonly target: string;
}

/** A task over MySQL cells that counts how many of them were decoded. */
export interface CountedTask extends FastTask {
  readonly decoded: { count: number };
}

/** Reads the cells, with a connector's types and reading. */
interface Reader {
  readonly parseType: (native: string) => Column['type'];
  readonly read: (columns: readonly Column[]) => FastTask['reading'];
}

const fromMysql: Reader = { parseType: parseMysqlType, read: (columns) => readingOf(columns, noBatches()) };

/** JSON Lines for PostgreSQL's types. Everything but arrays is the canonical text. */
export const fromJsonLines: Reader = {
  parseType: parsePostgresType,
  read: (columns) => ({ forms: cellFormsOf(columns), value: cellValues(columns) }),
};

/** @param source native type by column name. */
export function taskOf(
  source: Readonly<Record<string, string>>,
  wanted: readonly Wanted[],
  format: (typeof formats)[number],
  { parseType, read } = fromMysql,
): CountedTask {
  const columns = Object.entries(source).map(([name, native]) => columnOf(name, parseType(native)));
  const targets = wanted.map(({ target }, i) => columnOf(`t${i}`, parsePostgresType(target)));
  const decoded = { count: 0 };
  const { forms, value } = read(columns);
  const counting: FastTask['reading'] = {
    forms,
    value(batch, row, column) {
      decoded.count++;
      return value(batch, row, column);
    },
  };
  const steps = wanted.map(({ rule }, i) => ({
    column: `t${i}`,
    reads: rule.reads.map((name) => columns.findIndex((each) => each.name === name)),
    rule: rule.compile(contextOf(columns, targets[i] as Column)),
  }));
  return { source: columns, reading: counting, steps, columns: targets, format: formatOf(format, targets), decoded };
}

async function* noBatches(): AsyncGenerator<CellBatch> {}

function columnOf(name: string, type: Column['type']): Column {
  return { name, type, nullable: true };
}

function contextOf(columns: readonly Column[], target: Column): RuleContext {
  return {
    source: (name) => columns.find((each) => each.name === name) as Column,
    target,
    params: {},
    facts: () => {
      throw new Error('no rule here asks a survey');
    },
    entity: (name) => ({ ids: entityIds('c01', name), keyedBy: name.startsWith('text') ? 'text' : 'integer' }),
    own: entityIds('c01', 'own'),
  };
}

function formatOf(name: (typeof formats)[number], columns: readonly Column[]): RowFormat {
  return name === 'json-line'
    ? jsonFormat(columns)
    : (binaryFormat(columns.map(({ type }) => receiverOf(type))) as RowFormat);
}

const receivers: Readonly<Record<string, string>> = {
  boolean: 'boolrecv',
  smallint: 'int2recv',
  integer: 'int4recv',
  bigint: 'int8recv',
  numeric: 'numeric_recv',
  real: 'float4recv',
  'double precision': 'float8recv',
  text: 'textrecv',
  citext: 'citextrecv',
  character: 'bpcharrecv',
  'character varying': 'varcharrecv',
  json: 'json_recv',
  jsonb: 'jsonb_recv',
  bytea: 'bytearecv',
  bit: 'bit_recv',
  'bit varying': 'varbit_recv',
  date: 'date_recv',
  'time without time zone': 'time_recv',
  'timestamp without time zone': 'timestamp_recv',
  'timestamp with time zone': 'timestamptz_recv',
  uuid: 'uuid_recv',
};

/** The catalog's description of a column of this type. */
function receiverOf(type: Column['type']): Parameters<typeof binaryFormat>[0][number] {
  const base = type.native.replace(/\[\]$/, '').replace(/\([\d,]*\)/, '');
  const receive = type.kind === 'enum' ? 'enum_recv' : (receivers[base] as string);
  if (type.kind !== 'textArray')
    return { receive, typmod: typmodOf(type, receive), labels: type.labels ?? null, member: null };
  const [, length] = /\((\d+)\)/.exec(type.native) ?? [];
  const typmod = length === undefined ? -1 : Number(length) + 4;
  return { receive: 'array_recv', typmod, labels: null, member: { oid: receive === 'textrecv' ? 25 : 1043, receive } };
}

/** The type modifier as PostgreSQL stores it, or -1 for none. */
function typmodOf({ kind, length, precision, scale = -1 }: Column['type'], receive: string): number {
  if (precision !== undefined) return ((precision << 16) | scale) + 4;
  if (kind === 'time' || kind === 'timestamp' || kind === 'timestamptz') return scale;
  if (length === undefined) return -1;
  return receive === 'bit_recv' || receive === 'varbit_recv' ? length : length + 4;
}

/**
 * Rows of cells. Null is NULL. Extra bytes precede the first cell and separate the others, so that a kernel that reads
 * outside its cell is found.
 */
export function batchOf(rows: readonly (readonly (Buffer | null)[])[]): CellBatch {
  const between = Buffer.from('7');
  const parts: Buffer[] = [between];
  const bounds: number[] = [];
  let at = 1;
  for (const cell of rows.flat()) {
    bounds.push(...(cell === null ? [-1, -1] : [at, at + cell.length]));
    if (cell === null) continue;
    parts.push(cell, between);
    at += cell.length + 1;
  }
  return { rows: rows.length, bytes: Buffer.concat(parts), bounds: Int32Array.from(bounds) };
}

/** The bytes of each row of a batch by the reference path. Null if a value is adjusted, rejected or not encoded. */
export function referenceRows(task: FastTask, batch: CellBatch): (string | null)[] {
  const mapper = mapperOf(task.steps, undefined, () => 0);
  return Array.from({ length: batch.rows }, (_, row) => {
    const out = new RowBuffer(64);
    return attempt(() => {
      const mapped = mapper.map(task.source.map((_, column) => task.reading.value(batch, row, column)));
      return mapped.row !== null && mapped.adjustments.length === 0 && out.add(task.format, mapped.row) === null;
    }, false)
      ? textOf(out, 0)
      : null;
  });
}

/** The bytes of each row of a batch by kernels, in one buffer that starts small. Null if the row was refused. */
export function fastRowsOf(task: FastTask): (batch: CellBatch) => (string | null)[] {
  const fast = fastPath(task);
  if (fast === null) throw new Error('there is no fast path');
  return (batch) => {
    const out = new RowBuffer(8, 1);
    const rows: (string | null)[] = [];
    const fastRows = fast(batch);
    const take = (from: number, to: number): void => {
      const count = out.count;
      const next = fastRows(from, to, out);
      if (out.count !== count + next - from) throw new Error('the rows do not add up');
      for (let row = count; row < out.count; row++) rows.push(textOf(out, row));
      if (next < to) rows.push(null);
    };
    while (rows.length < batch.rows) {
      const from = rows.length;
      if (attempt(() => take(from, batch.rows) === undefined, false)) continue;
      if (!attempt(() => take(from, from + 1) === undefined, false)) rows.push(null);
    }
    return rows;
  };
}

/** The bytes as text, one character per byte, which compares quickly. */
function textOf({ bytes, ends }: RowBuffer, row: number): string {
  const start = row === 0 ? 0 : (ends[row - 1] as number);
  return Buffer.from(bytes.buffer, start, (ends[row] as number) - start).toString('latin1');
}

/** JSON Lines throws for a value that does not match its column's kind. No connector returns one. */
function attempt<T>(make: () => T, otherwise: T): T {
  try {
    return make();
  } catch {
    return otherwise;
  }
}
