import { carrySteps } from '../../core/mapping/mapper.ts';
import type { FastPath } from '../../core/mapping/plan/fast-path.ts';
import type { RowFormat } from '../../core/model/encoded.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import { UnreadableRow } from '../../core/model/value.ts';
import type { DirectoryWriter, PartFile } from '../../core/ports/directory.ts';
import type { Part } from '../../core/ports/source.ts';
import { failingBatches, failpoint } from '../failpoint.ts';
import { type EncodedBatch, type Encoding, rowsOf } from './encode-part.ts';

/** A table of a JSON Lines directory that is being written. */
export interface FileTarget {
  readonly writer: DirectoryWriter;
  readonly table: TableSchema;
}

/** Writes the rows of one part to a file of the export or transform directory. */
export class FileEnd {
  file: PartFile | null = null;
  readonly #directory: 'export' | 'transform';
  readonly #target: FileTarget;
  readonly #part: Part;

  constructor(directory: 'export' | 'transform', target: FileTarget, part: Part) {
    this.#directory = directory;
    this.#target = target;
    this.#part = part;
  }

  /** The file is durable and has its name when this resolves. */
  async consume(batches: AsyncIterable<EncodedBatch>): Promise<void> {
    const { writer, table } = this.#target;
    const rows = failingBatches(rowsOf(batches), `${this.#directory}-batch`, `${this.#directory}-rows-written`);
    this.file = await writer.writePart(table, this.#part, rows);
    failpoint(`${this.#directory}-part-named`);
  }

  /** @throws WaybillError 'internal' when the file does not hold as many rows as were counted. */
  requireRows(counted: number): void {
    if (this.file === null || this.file.rows === counted) return;
    const { file, rows } = this.file;
    throw new WaybillError('internal', `${file} has ${rows} rows where ${counted} were counted.`, {
      hint: 'Report this with the command and the table definition.',
    });
  }
}

/** Encodes the rows of a source table as they were read. */
export function carryEncoding({ name, columns }: TableSchema, format: RowFormat, fastPath: FastPath | null): Encoding {
  return {
    ...{ columns, format, fastPath, filter: undefined },
    steps: carrySteps(columns),
    mapRow: async (row) => {
      if (row instanceof UnreadableRow) throw notExported(row);
      return row;
    },
    onFault: async (_, { place }) => {
      throw new WaybillError('internal', `${name}.${columns[place]?.name} holds a value that cannot be written.`, {
        hint: 'Report this with the table definition.',
      });
    },
  };
}

/** A file of source rows has no place for a value that could not be read; only a mapping can reject its row. */
function notExported({ unread }: UnreadableRow): WaybillError {
  const [first] = unread.values();
  return new WaybillError(
    'part-damaged',
    `${first?.place} does not hold one value of its type, so its row is not exported.`,
    {
      hint: 'Correct the value, or leave out --staged: a direct run rejects the row.',
    },
  );
}
