import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellBatch } from '../../../core/model/cells.ts';
import { LineGatherer } from '../../../storage/line-gatherer.ts';
import { damaged } from '../fault.ts';
import { fileBytes, readFault } from '../file-bytes.ts';
import type { ExportedPart, ExportedTable } from './export-manifest.ts';
import { columnOfManifest } from './export-manifest-schema.ts';
import { headerLine, wrongHeader } from './header.ts';
import { checkLength, checkUtf8 } from './line-blocks.ts';
import { CellScanner } from './scan/cell-scanner.ts';

const LINE_FEED = 0x0a;

export interface PartQuestion {
  readonly directory: string;
  readonly table: ExportedTable;
  readonly part: ExportedPart;
  /** Places of the requested columns in the file's column order. */
  readonly places: readonly number[];
}

/**
 * Reads the cells of one part file and checks it against the manifest: size, header, every line, number of rows, SHA-256.
 * The last two are known only at the end, so rows must not be trusted until the iteration ends without an error.
 * @throws WaybillError 'part-damaged' | 'not-json' with the file and what is wrong with it.
 */
export async function* readPart(question: PartQuestion): AsyncGenerator<CellBatch> {
  const { directory, part } = question;
  const path = join(directory, part.file);
  await checkSize(path, part);
  const hash = createHash('sha256');
  yield* cellsOfLines(
    question,
    fileBytes(path, part.file, (bytes) => hash.update(bytes)),
  );
  if (hash.digest('hex') !== part.sha256)
    throw damaged(part.file, 'its SHA-256 is not the one that manifest.json names');
}

/** Reads the cells of a part file's text, in chunks cut anywhere, with all checks except size and SHA-256. */
export async function* cellsOfLines(
  { table, part, places }: Omit<PartQuestion, 'directory'>,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<CellBatch> {
  const scanner = new CellScanner(part.file, table.columns.map(columnOfManifest), places);
  const gatherer = new LineGatherer(scanner.text);
  /** Number of the next line; the header is line 1. */
  let number = 1;
  try {
    for await (const chunk of chunks) {
      const closed = gatherer.add(chunk);
      if (closed !== null) {
        checkUtf8(part.file, closed, number);
        const lines = number === 1 ? withoutHeader(table, part, closed) : closed;
        number = Math.max(number, 2);
        for (const batch of scanner.batches(lines, number)) {
          number += batch.rows;
          if (number - 2 > part.rows) throw wrongCount(part, `more than the ${part.rows}`);
          yield batch;
        }
      }
      checkLength(part.file, gatherer.rest(), number);
    }
    checkEnd(table, part, gatherer.rest(), number);
  } finally {
    scanner.text.close();
  }
}

async function checkSize(path: string, part: ExportedPart): Promise<void> {
  const { size } = await stat(path).catch((error) => {
    throw readFault(part.file, error);
  });
  if (size === part.bytes) return;
  const how = size < part.bytes ? 'it is truncated' : 'something was added';
  throw damaged(part.file, `it has ${size} bytes where manifest.json says ${part.bytes}: ${how}`);
}

function withoutHeader(table: ExportedTable, part: ExportedPart, lines: Buffer): Buffer {
  const end = lines.indexOf(LINE_FEED);
  checkHeader(table, part, lines.toString('utf8', 0, end));
  return lines.subarray(end + 1);
}

function checkHeader(table: ExportedTable, part: ExportedPart, found: string): void {
  if (found === headerLine(table.name, table.columns.map(columnOfManifest))) return;
  throw wrongHeader(part.file, found, table.name);
}

/** Checks that there is a header, that the last line is closed and that no row is missing. */
function checkEnd(table: ExportedTable, part: ExportedPart, rest: Buffer, number: number): void {
  checkUtf8(part.file, rest, number);
  if (number === 1 && rest.length === 0) throw damaged(part.file, 'it is empty');
  if (number === 1) checkHeader(table, part, rest.toString('utf8'));
  if (rest.length > 0) throw damaged(part.file, `line ${number} has no line break at its end: it is truncated`);
  if (number - 2 !== part.rows) throw wrongCount(part, `${number - 2} of the ${part.rows}`);
}

function wrongCount(part: ExportedPart, found: string): Error {
  return damaged(part.file, `it has ${found} rows that manifest.json names`);
}
