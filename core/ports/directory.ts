import type { EncodedRows, RowFormat } from '../model/encoded.ts';
import type { Column, TableName, TableSchema } from '../model/schema.ts';
import type { Part, Sequence, Snapshot, Source } from './source.ts';

/** One file of a JSON Lines directory, as its manifest lists it. */
export interface PartFile {
  readonly table: TableName;
  readonly part: Part;
  /** Path inside the directory. */
  readonly file: string;
  readonly rows: number;
  /** Size on disk. */
  readonly bytes: number;
  /** Hash of the file on disk, hex. */
  readonly sha256: string;
}

/**
 * A JSON Lines directory being written (`docs/formats.md`). A part is complete or absent: it is written beside its name,
 * flushed and renamed. Writing a part again replaces it. Files are created 0600.
 */
export interface DirectoryWriter {
  /** @throws WaybillError 'disk-full' when there is no room; the partial file has been deleted. */
  writePart(table: TableSchema, part: Part, batches: AsyncIterable<EncodedRows>): Promise<PartFile>;
  /** The format in which rows of these columns are written. */
  rowFormat(columns: readonly Column[]): RowFormat;
  /** Opens a written part as a source. */
  partSource(table: TableSchema, file: PartFile): Source;
  /** Writes the manifest that makes the directory a source; tables without parts are listed as empty. Null: sequences are not known. */
  finish(
    tables: readonly TableSchema[],
    files: readonly PartFile[],
    snapshot: Snapshot,
    sequences?: readonly Sequence[] | null,
  ): Promise<void>;
}
