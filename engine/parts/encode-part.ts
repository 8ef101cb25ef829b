import type { RuleStep } from '../../core/mapping/mapper.ts';
import type { Filter } from '../../core/mapping/mapping.ts';
import type { FastPath, FastRows } from '../../core/mapping/plan/fast-path.ts';
import { passthroughColumns } from '../../core/mapping/plan/passthrough.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { CellBatch, CellReading } from '../../core/model/cells.ts';
import { type EncodedRows, type EncodingFault, RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import { indexOf } from '../../core/model/row-key.ts';
import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { Part, RowBatch, Source } from '../../core/ports/source.ts';
import type { RowsAgain } from '../../core/validation/validator.ts';

/** How the rows of a part are mapped and encoded for one end. */
export interface Encoding {
  readonly steps: readonly RuleStep[];
  /** Rows that it drops go to `mapRow`. */
  readonly filter: Filter | undefined;
  /** The columns of the encoded rows. */
  readonly columns: readonly Column[];
  readonly format: RowFormat;
  /** null: every row goes to `mapRow`. */
  readonly fastPath: FastPath | null;
  /** Maps a row by the reference path and keeps its records. Returns null when the row is left out. */
  mapRow(row: Row): Promise<Row | null>;
  /** Called for a mapped row that the format cannot hold. The row is left out. */
  onFault(row: Row, fault: EncodingFault): Promise<void>;
}

/** A part to read. */
export interface Reading {
  readonly source: Source;
  readonly table: TableSchema;
  readonly part: Part;
}

/** A part to read and encode for one end. */
export interface EncodeTask extends Reading, Encoding {
  /** Whether rows that the mapping does not change may pass through as the source encodes them. They have no `origin` then. */
  readonly allowsPassthrough: boolean;
}

/** Encoded rows. They are valid until the next batch is requested. */
export interface EncodedBatch {
  readonly rows: EncodedRows;
  /** Source rows of the batch, those left out included. */
  readonly read: number;
  /** The source row of an encoded row. @throws TypeError when rows passed through. */
  origin(index: number): Row;
}

/**
 * Reads, maps and encodes a part, batch by batch. Rows that the mapping does not change pass through. Other rows take the fast
 * path if there is one and the row is plain, otherwise the reference path. Both give the same bytes.
 */
export async function* encodePart(task: EncodeTask): AsyncGenerator<EncodedBatch, void, undefined> {
  const forwarded = forwardedRows(task);
  if (forwarded === null) {
    for await (const { encoders } of encodeTogether(task, [task])) {
      yield await (encoders[0] as Round['encoders'][number])();
    }
    return;
  }
  for await (const rows of forwarded) yield { rows, read: rows.count, origin: unknown };
}

/** One batch of a part that is read once for several ends. */
export interface Round {
  /** Source rows of the batch. */
  readonly read: number;
  /** Encodes the batch for each end. The rows of one are valid until the next one is called. */
  readonly encoders: readonly (() => Promise<EncodedBatch>)[];
}

/** Reads a part once for several ends. */
export async function* encodeTogether(
  { source, table, part }: Reading,
  encodings: readonly Encoding[],
): AsyncGenerator<Round, void, undefined> {
  const isFast = encodings.some(({ fastPath }) => fastPath !== null);
  const reading = isFast ? source.cells?.(table, part) : undefined;
  const fast = encodings.map((encoding) => {
    return (reading && encoding.fastPath?.({ ...encoding, source: table.columns, reading })) ?? null;
  });
  const out = new RowBuffer();
  if (reading === undefined || fast.every((rows) => rows === null)) {
    for await (const rows of source.read(table, part)) {
      out.clear();
      const encoders = encodings.map((encoding) => () => encodeValues(encoding, rows, out));
      yield { read: rows.length, encoders };
    }
    return;
  }
  const encodes = encodings.map((encoding, i) => cellsEncoder(encoding, table, reading, fast[i] ?? null));
  for await (const batch of reading.batches) {
    out.clear();
    const rows: Row[] = [];
    const rowAt: RowAt = (row) => (rows[row] ??= table.columns.map((_, column) => reading.value(batch, row, column)));
    yield { read: batch.rows, encoders: encodes.map((encode) => () => encode(batch, rowAt, out)) };
  }
}

/** Returns a row of a batch as values: the same object on every call. */
type RowAt = (row: number) => Row;

async function encodeValues(encoding: Encoding, batch: RowBatch, out: RowBuffer): Promise<EncodedBatch> {
  out.rewind();
  const origins: Row[] = [];
  for (const row of batch) {
    if (await encodeRow(encoding, row, out)) origins.push(row);
  }
  return { rows: out, read: batch.length, origin: (index) => origins[index] as Row };
}

/** The rows as the source encodes them; null when they must be mapped. */
function forwardedRows(task: EncodeTask): AsyncIterable<EncodedRows> | null {
  const { source, table, part, format, fastPath, filter } = task;
  if (!task.allowsPassthrough || fastPath === null || filter !== undefined) return null;
  const columns = passthroughColumns(task.steps, table.columns, task.columns);
  return columns && (source.encoded?.(table, part, columns, format) ?? null);
}

function unknown(): never {
  throw new TypeError('a forwarded row was not looked at');
}

const noRows: FastRows = (from) => from;

function cellsEncoder(
  encoding: Encoding,
  table: TableSchema,
  reading: CellReading,
  fast: ((batch: CellBatch) => FastRows) | null,
): (batch: CellBatch, rowAt: RowAt, out: RowBuffer) => Promise<EncodedBatch> {
  const isFiltered = fast === null ? null : filterOf(encoding, table, reading);
  return async (batch, rowAt, out) => {
    out.rewind();
    const origins: number[] = [];
    const fastRows = fast?.(batch) ?? noRows;
    for (let row = 0; row < batch.rows; row++) {
      const next = fastRows(row, firstFiltered(batch, row, isFiltered), out);
      while (row < next) origins.push(row++);
      if (row < batch.rows && (await encodeRow(encoding, rowAt(row), out))) origins.push(row);
    }
    return { rows: out, read: batch.rows, origin: (index) => rowAt(origins[index] as number) };
  };
}

type IsFiltered = (batch: CellBatch, row: number) => boolean;

/** @returns the first row at or after `from` that the filter drops, or the number of rows if it drops none. */
function firstFiltered(batch: CellBatch, from: number, isFiltered: IsFiltered | null): number {
  if (isFiltered === null) return batch.rows;
  let row = from;
  while (row < batch.rows && !isFiltered(batch, row)) row++;
  return row;
}

/** @returns whether the row was encoded. */
async function encodeRow(encoding: Encoding, row: Row, out: RowBuffer): Promise<boolean> {
  const mapped = await encoding.mapRow(row);
  if (mapped === null) return false;
  const fault = out.add(encoding.format, mapped);
  if (fault !== null) await encoding.onFault(row, fault);
  return fault === null;
}

function filterOf({ filter }: Encoding, table: TableSchema, reading: CellReading): IsFiltered | null {
  if (filter === undefined) return null;
  const places = filter.reads.map((name) => indexOf(table, name));
  return (batch, row) => filter.drops(places.map((place) => reading.value(batch, row, place)));
}

/** The encoded rows of batches. Batches without a row are left out. */
export async function* rowsOf(batches: AsyncIterable<EncodedBatch>): AsyncGenerator<EncodedRows> {
  for await (const { rows } of batches) if (rows.count > 0) yield rows;
}

/** Reads and maps parts of a mapping as the load did, without keeping records. Each part has a new mapper. */
export async function* encodeAgain(
  source: Source,
  planned: PlannedMapping,
  format: RowFormat,
  options: { readonly parts: readonly Part[]; readonly fastPath: FastPath | null; readonly hasOrigins: boolean },
): AsyncGenerator<RowsAgain, void, undefined> {
  const { parts, fastPath, hasOrigins } = options;
  for (const part of parts) {
    const mapper = planned.mapper();
    yield* encodePart({
      ...{ source, part, format, fastPath, allowsPassthrough: !hasOrigins },
      table: planned.source,
      columns: planned.columns,
      steps: planned.steps(),
      filter: planned.mapping.filter,
      mapRow: async (row) => mapper.map(row).row,
      // The load has rejected this row too.
      onFault: async () => undefined,
    });
  }
}
