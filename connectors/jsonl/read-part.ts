import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowBatch } from '../../core/ports.ts';
import type { Row, Value } from '../../core/value.ts';
import { arrayLineDecoder, type LineDecoder } from './decode-row.ts';
import { damaged } from './fault.ts';
import { fileBytes, readFault } from './file-bytes.ts';
import { headerLine, wrongHeader } from './header.ts';
import { type LineBlock, lineBlocks } from './lines.ts';
import type { ManifestPart, ManifestTable } from './manifest.ts';
import { columnOfManifest } from './manifest-schema.ts';
import { rowBatches } from './row-batches.ts';

export interface PartQuestion {
  readonly directory: string;
  readonly table: ManifestTable;
  readonly part: ManifestPart;
  /** Places in the file's column order of the columns asked for, or null for all as they stand. */
  readonly places: readonly number[] | null;
}

/**
 * The rows of one part file, checked against the manifest on the way: size, header, every line, number of rows, SHA-256.
 * The last two are known at the end only, so rows count for nothing until the iteration ends without an error.
 * @throws WaybillError 'part-damaged' | 'not-json' with the file and what is wrong with it.
 */
export async function* readPart(question: PartQuestion): AsyncGenerator<RowBatch> {
  const { directory, table, part } = question;
  const path = join(directory, part.file);
  await checkSize(path, part);
  const hash = createHash('sha256');
  const blocks = lineBlocks(
    part.file,
    fileBytes(path, part.file, (chunk) => hash.update(chunk)),
  );
  const decode = projected(arrayLineDecoder(part.file, table.columns.map(columnOfManifest)), question.places);
  let rows = 0;
  for await (const batch of rowBatches(dataLines(table, part, blocks), decode)) {
    rows += batch.length;
    if (rows > part.rows) throw wrongCount(part, `more than the ${part.rows}`);
    yield batch;
  }
  if (rows !== part.rows) throw wrongCount(part, `${rows} of the ${part.rows}`);
  if (hash.digest('hex') !== part.sha256)
    throw damaged(part.file, 'its SHA-256 is not the one that manifest.json names');
}

async function checkSize(path: string, part: ManifestPart): Promise<void> {
  const { size } = await stat(path).catch((error) => {
    throw readFault(part.file, error);
  });
  if (size === part.bytes) return;
  const how = size < part.bytes ? 'it is truncated' : 'something was added';
  throw damaged(part.file, `it has ${size} bytes where manifest.json says ${part.bytes}: ${how}`);
}

/** The lines after the header, which must be there; every line must be closed. */
async function* dataLines(
  table: ManifestTable,
  part: ManifestPart,
  blocks: AsyncIterable<LineBlock>,
): AsyncGenerator<LineBlock> {
  let hasHeader = false;
  for await (const block of blocks) {
    if (!hasHeader) checkHeader(table, part, block.lines[0] as string);
    if (!block.isClosed) throw damaged(part.file, `line ${block.number} has no line break at its end: it is truncated`);
    yield hasHeader ? block : { ...block, lines: block.lines.slice(1), number: 2 };
    hasHeader = true;
  }
  if (!hasHeader) throw damaged(part.file, 'it is empty');
}

function checkHeader(table: ManifestTable, part: ManifestPart, found: string): void {
  if (found === headerLine(table.name, table.columns.map(columnOfManifest))) return;
  throw wrongHeader(part.file, found, table.name);
}

function projected(decode: LineDecoder, places: readonly number[] | null): LineDecoder {
  if (places === null) return decode;
  return (line, number) => {
    const row: Row = decode(line, number);
    return places.map((place) => row[place] as Value);
  };
}

function wrongCount(part: ManifestPart, found: string): Error {
  return damaged(part.file, `it has ${found} rows that manifest.json names`);
}
