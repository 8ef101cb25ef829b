import type { CellBatch, CellReading } from '../core/cells.ts';
import type { RowsAgain } from '../core/check.ts';
import { byteLength, type EncodedRows, type EncodingFault, RowBuffer, type RowFormat } from '../core/encoded.ts';
import type { FastPath, FastRows } from '../core/fast-path.ts';
import { forwardedColumns } from '../core/forwarded.ts';
import type { RuleStep } from '../core/mapper.ts';
import type { Filter } from '../core/mapping.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Part, RowBatch, Source } from '../core/ports.ts';
import { indexOf } from '../core/row-key.ts';
import type { Column, TableSchema } from '../core/schema.ts';
import type { Row } from '../core/value.ts';

/** One part on its way from a source into the format of a sink. */
export interface EncodeTask {
  readonly source: Source;
  readonly table: TableSchema;
  readonly part: Part;
  readonly steps: readonly RuleStep[];
  /** Rows that it drops go to `mapRow`. */
  readonly filter: Filter | undefined;
  /** Of the encoded rows. */
  readonly columns: readonly Column[];
  readonly format: RowFormat;
  /** null: every row goes to `mapRow`. */
  readonly fastPath: FastPath | null;
  /** Whether rows may go on as the source sends them, where nothing is to be changed; none of them has an `origin` then. */
  readonly forwards: boolean;
  /** The reference way, which also keeps the records of a row; null when the row is left out. */
  mapRow(row: Row): Promise<Row | null>;
  /** Told of a mapped row that the format cannot hold; it is left out. */
  onFault(row: Row, fault: EncodingFault): Promise<void>;
}

/** Good until the next batch is asked for. */
export interface EncodedBatch {
  readonly rows: EncodedRows;
  /** Source rows that it came from, those left out included. */
  readonly read: number;
  /** The source row of an encoded row. @throws TypeError when rows are forwarded. */
  origin(index: number): Row;
}

/**
 * Reads, maps and encodes a part, batch by batch. Rows that are carried whole are forwarded. Else each row goes the fast way
 * when there is one and the row is plain, else the reference way: the bytes are the same.
 */
export async function* encodePart(task: EncodeTask): AsyncGenerator<EncodedBatch, void, undefined> {
  const { source, table, part, fastPath } = task;
  const forwarded = forwardedRows(task);
  if (forwarded !== null) {
    for await (const rows of forwarded) yield { rows, read: rows.count, origin: unknown };
    return;
  }
  const reading = fastPath === null ? undefined : source.cells?.(table, part);
  const fast = reading && fastPath?.({ ...task, source: table.columns, reading });
  if (reading === undefined || !fast) {
    yield* encodeValues(task, source.read(table, part));
    return;
  }
  yield* encodeCells(task, reading, fast);
}

/** null where the rows must be looked at. */
function forwardedRows(task: EncodeTask): AsyncIterable<EncodedRows> | null {
  const { source, table, part, format, fastPath, filter } = task;
  if (!task.forwards || fastPath === null || filter !== undefined) return null;
  const columns = forwardedColumns(task.steps, table.columns, task.columns);
  return columns && (source.encoded?.(table, part, columns, format) ?? null);
}

function unknown(): never {
  throw new TypeError('a forwarded row was not looked at');
}

async function* encodeValues(task: EncodeTask, batches: AsyncIterable<RowBatch>): AsyncGenerator<EncodedBatch> {
  const out = new RowBuffer();
  for await (const batch of batches) {
    out.clear();
    const origins: Row[] = [];
    for (const row of batch) {
      if (await encodeRow(task, row, out)) origins.push(row);
    }
    yield { rows: out, read: batch.length, origin: (index) => origins[index] as Row };
  }
}

async function* encodeCells(
  task: EncodeTask,
  reading: CellReading,
  fast: (batch: CellBatch) => FastRows,
): AsyncGenerator<EncodedBatch> {
  const { table } = task;
  const out = new RowBuffer();
  const isFiltered = filterOf(task, reading);
  for await (const batch of reading.batches) {
    out.clear();
    const origins: number[] = [];
    const rowAt = (row: number): Row => table.columns.map((_, column) => reading.value(batch, row, column));
    const fastRows = fast(batch);
    for (let row = 0; row < batch.rows; row++) {
      const next = fastRows(row, firstFiltered(batch, row, isFiltered), out);
      while (row < next) origins.push(row++);
      if (row < batch.rows && (await encodeRow(task, rowAt(row), out))) origins.push(row);
    }
    yield { rows: out, read: batch.rows, origin: (index) => rowAt(origins[index] as number) };
  }
}

type IsFiltered = (batch: CellBatch, row: number) => boolean;

/** The first row from `from` on that the filter drops; the number of rows when it drops none. */
function firstFiltered(batch: CellBatch, from: number, isFiltered: IsFiltered | null): number {
  if (isFiltered === null) return batch.rows;
  let row = from;
  while (row < batch.rows && !isFiltered(batch, row)) row++;
  return row;
}

/** @returns whether the row was encoded. */
async function encodeRow(task: EncodeTask, row: Row, out: RowBuffer): Promise<boolean> {
  const mapped = await task.mapRow(row);
  if (mapped === null) return false;
  const fault = out.add(task.format, mapped);
  if (fault !== null) await task.onFault(row, fault);
  return fault === null;
}

function filterOf({ filter, table }: EncodeTask, reading: CellReading): IsFiltered | null {
  if (filter === undefined) return null;
  const places = filter.reads.map((name) => indexOf(table, name));
  return (batch, row) => filter.drops(places.map((place) => reading.value(batch, row, place)));
}

/** Batches without a row are left out. `tell` is called when a batch, with rows or without, was taken. */
export async function* rowsOf(
  batches: AsyncIterable<EncodedBatch>,
  tell?: (read: number, bytes: number) => void,
): AsyncGenerator<EncodedRows> {
  for await (const { rows, read } of batches) {
    const bytes = byteLength(rows);
    if (rows.count > 0) yield rows;
    tell?.(read, bytes);
  }
}

/** Reads and maps all parts of a mapping without keeping records, with a fresh mapper each, as the load did. */
export async function* encodeAgain(
  source: Source,
  planned: PlannedMapping,
  format: RowFormat,
  options: { readonly partRows: number; readonly fastPath: FastPath | null; readonly hasOrigins: boolean },
): AsyncGenerator<RowsAgain, void, undefined> {
  const { partRows, fastPath, hasOrigins } = options;
  for (const part of await source.parts(planned.source, partRows)) {
    const mapper = planned.mapper();
    yield* encodePart({
      ...{ source, part, format, fastPath, forwards: !hasOrigins },
      table: planned.source,
      columns: planned.columns,
      steps: planned.steps(),
      filter: planned.mapping.filter,
      mapRow: async (row) => mapper.map(row).row,
      // The load found the same and kept a reject.
      onFault: async () => undefined,
    });
  }
}
