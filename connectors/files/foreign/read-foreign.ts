import type { Column } from '../../../core/model/schema.ts';
import type { RowBatch } from '../../../core/ports/source.ts';
import { isHeaderLine } from '../exported/header.ts';
import { type LineBlock, lineBlocks } from '../exported/line-blocks.ts';
import { unavailable } from '../fault.ts';
import { fileBytes } from '../file-bytes.ts';
import { objectDecoder } from './decode-object.ts';
import type { ExternalFile } from './external-files.ts';
import type { ForeignTable } from './foreign-source.ts';
import { propertyNames } from './property-names.ts';
import { rowBatches } from './row-batches.ts';

/**
 * Opens an object-per-line file as a table. A byte order mark and blank lines are skipped, and the last line break may be
 * missing. All three functions throw WaybillError 'not-json' | 'part-damaged' with file, line and column.
 */
export function lineTable(file: ExternalFile): ForeignTable {
  return {
    place: file.file,
    schema: file.schema,
    table: file.table,
    columnNames: () => firstPropertyNames(file),
    count: () => countLines(file),
    read: (columns) => readLines(file, columns),
  };
}

function readLines(file: ExternalFile, columns: readonly Column[]): AsyncGenerator<RowBatch> {
  return rowBatches(foreignLines(file), objectDecoder(file.file, 'line', columns));
}

async function firstPropertyNames(file: ExternalFile): Promise<readonly string[] | null> {
  for await (const block of foreignLines(file)) {
    return propertyNames(file.file, `line ${block.number}`, block.lines[0] as string);
  }
  return null;
}

/** Counts the lines that are not blank. */
async function countLines(file: ExternalFile): Promise<number> {
  let rows = 0;
  for await (const block of foreignLines(file)) rows += block.lines.length;
  return rows;
}

async function* foreignLines({ path, file }: ExternalFile): AsyncGenerator<LineBlock> {
  for await (const block of lineBlocks(file, fileBytes(path, file))) {
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
