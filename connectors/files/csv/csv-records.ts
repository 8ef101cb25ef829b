import { isUtf8 } from 'node:buffer';
import { pipeline } from 'node:stream';
import { CsvError, type Options, parse } from 'csv-parse';
import { MAX_LINE_BYTES } from '../exported/line-blocks.ts';
import { damaged } from '../fault.ts';
import { fileBytes } from '../file-bytes.ts';
import type { ExternalFile } from '../foreign/external-files.ts';
import type { CsvDialect, Encoding } from './csv-dialect.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Where it begins, from 1: a quoted field may hold line breaks. */
  readonly line: number;
  /** null is NULL. */
  readonly fields: readonly (string | null)[];
}

/**
 * Reads the records of a CSV file (RFC 4180; lines end in LF or CR LF), including the header, whose fields are never null.
 * The parser works on bytes, so that a field that is not valid in the encoding is noticed.
 * @throws WaybillError 'part-damaged' naming file and line.
 */
export async function* csvRecords({ path, file }: ExternalFile, dialect: CsvDialect): AsyncGenerator<CsvRecord> {
  /** Line of the record being parsed, which is later than the one being read. */
  let line = 1;
  const onRecord = (fields: (string | null)[]): CsvRecord => {
    const record = { line, fields };
    line += 1 + fields.reduce((breaks, field) => breaks + (field === null ? 0 : breaksIn(field)), 0);
    return record;
  };
  const cast = fieldReader(dialect, (column) =>
    damaged(file, `line ${line}, field ${column + 1} is not ${dialect.encoding}`),
  );
  const parser = parse({ ...parserOptions(dialect), cast, on_record: onRecord } as unknown as Options);
  pipeline(withoutMark(fileBytes(path, file)), parser, () => undefined);
  try {
    yield* parser as AsyncIterable<CsvRecord>;
  } catch (error) {
    // Its message quotes the field.
    if (error instanceof CsvError) throw damaged(file, `line ${line} ${faultOf(error.code)}`);
    throw error;
  }
}

function parserOptions({ delimiter }: CsvDialect) {
  return {
    delimiter,
    encoding: null,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: MAX_LINE_BYTES,
  };
}

/** What csv-parse reports about a field. */
interface FieldContext {
  readonly quoting: boolean;
  /** Number of records before this one. */
  readonly records: number;
  readonly index: number;
}

function fieldReader(dialect: CsvDialect, fault: (column: number) => Error) {
  return (bytes: Buffer, { quoting, records, index }: FieldContext): string | null => {
    const text = fieldText(bytes, dialect.encoding);
    if (text === undefined) throw fault(index);
    return text === dialect.null && !quoting && records > 0 ? null : text;
  };
}

/** The characters of Windows-1252 from 0x80, where Latin-1 has control characters; a blank where it has none. */
const upper = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Decodes a field; undefined when its bytes are not valid in the encoding. */
function fieldText(bytes: Buffer, encoding: Encoding): string | undefined {
  if (encoding === 'windows-1252') return windowsText(bytes.toString('latin1'));
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') && !isUtf8(bytes) ? undefined : text;
}

/** Decodes Windows-1252 itself, because some versions of Node decode it as Latin-1. */
function windowsText(latin: string): string | undefined {
  if (/[\x81\x8d\x8f\x90\x9d]/.test(latin)) return undefined;
  return latin.replace(/[\x80-\x9f]/g, (character) => upper[character.charCodeAt(0) - 0x80] as string);
}

function breaksIn(field: string): number {
  let breaks = 0;
  for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}

function faultOf(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'has a quote that is not closed: it is cut off';
    case 'CSV_MAX_RECORD_SIZE':
      return `begins a row that is longer than ${MAX_LINE_BYTES} bytes, perhaps by a quote that is not closed`;
    default:
      return 'has a quote within a field that is not quoted, or text behind a quoted one';
  }
}

/** Removes a UTF-8 byte order mark. The parser's own option would also accept that of UTF-16 and change the encoding. */
async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) yield chunk;
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < 3) continue;
      yield head.subarray(0, 3).equals(mark) ? head.subarray(3) : head;
      head = null;
    }
  }
  if (head !== null && head.length > 0) yield head;
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);
