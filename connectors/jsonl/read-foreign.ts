import { join } from 'node:path';
import type { RowBatch } from '../../core/ports.ts';
import type { Column } from '../../core/schema.ts';
import { objectLineDecoder, propertiesOf } from './decode-object.ts';
import { unavailable } from './fault.ts';
import { fileBytes } from './file-bytes.ts';
import { isHeaderLine } from './header.ts';
import { type LineBlock, lineBlocks } from './lines.ts';
import { rowBatches } from './row-batches.ts';

/**
 * The rows of an object-per-line file, in the order of the file, its values read by the kinds of `columns`. A byte order
 * mark and blank lines hold nothing and are passed over; the last line break may be missing.
 * @throws WaybillError 'not-json' | 'part-damaged' with file, line and column.
 */
export async function* readForeign(
  directory: string,
  file: string,
  columns: readonly Column[],
): AsyncGenerator<RowBatch> {
  yield* rowBatches(foreignLines(directory, file), objectLineDecoder(file, columns));
}

/** The property names of a file's first object; none when the file holds no line. @throws as `readForeign` does. */
export async function firstPropertyNames(directory: string, file: string): Promise<readonly string[]> {
  for await (const block of foreignLines(directory, file)) {
    return propertiesOf(file, block.lines[0] as string, block.number).map(([name]) => name);
  }
  return [];
}

/** Number of lines that hold something. @throws as `readForeign` does for bytes that are not UTF-8. */
export async function countForeign(directory: string, file: string): Promise<number> {
  let rows = 0;
  for await (const block of foreignLines(directory, file)) rows += block.lines.length;
  return rows;
}

async function* foreignLines(directory: string, file: string): AsyncGenerator<LineBlock> {
  for await (const block of lineBlocks(file, fileBytes(join(directory, file), file))) {
    const first = block.number === 1 ? withoutMark(block.lines[0] as string) : undefined;
    if (first !== undefined && isHeaderLine(first)) throw unfinished(file);
    const lines = first === undefined ? block.lines : block.lines.with(0, first);
    yield* withoutBlanks({ ...block, lines });
  }
}

function withoutMark(line: string): string {
  return line.startsWith('\ufeff') ? line.slice(1) : line;
}

/** Cuts the block at its blank lines, so that every line keeps its number. */
function* withoutBlanks(block: LineBlock): Generator<LineBlock> {
  let start = 0;
  for (let i = 0; i <= block.lines.length; i++) {
    if (i < block.lines.length && !isBlank(block.lines[i] as string)) continue;
    if (i > start) yield { ...block, lines: block.lines.slice(start, i), number: block.number + start };
    start = i + 1;
  }
}

function isBlank(line: string): boolean {
  return line.length === 0 || (line.length < 1000 && /^[ \t\r]*$/.test(line));
}

function unfinished(file: string): Error {
  return unavailable(
    `${file} is a part of an export whose directory has no manifest.json: the export was not finished.`,
    'Resume the export, then read its directory.',
  );
}
