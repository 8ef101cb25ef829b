import type { CellBatch } from '../../core/cells.ts';
import type { Column } from '../../core/schema.ts';
import type { Row, Value } from '../../core/value.ts';
import { base64OfBytes } from './base64.ts';
import { arrayLineDecoder, type LineDecoder } from './decode-row.ts';
import { damaged } from './fault.ts';
import { type Form, formOfKind } from './forms.ts';
import { scanCodes, scanLine } from './scan-line.ts';
import { unescapeInPlace } from './unescape.ts';

const BATCH_BYTES = 256 * 1024;
const FIRST_CELLS = 4096;
const LINE_FEED = 0x0a;

/**
 * Cuts the lines of a part file into batches of cells, which lie in the bytes of the lines themselves: escapes and base64
 * are decoded in place. A line in another writing than waybill's own (white space, `1e2`) is read by the exact decoder,
 * written anew, and is a batch by itself.
 */
export class CellScanner {
  readonly #columns: readonly Column[];
  readonly #codes: Uint8Array;
  readonly #places: Uint32Array;
  readonly #decode: LineDecoder;
  readonly #file: string;
  /** Begin and end of each cell of one line. */
  readonly #cells: Int32Array;
  #bounds = new Int32Array(FIRST_CELLS);

  /** @param places of the wanted columns among those of the file. */
  constructor(file: string, columns: readonly Column[], places: readonly number[]) {
    this.#file = file;
    this.#columns = columns;
    this.#codes = scanCodes(columns.map((column) => column.type.kind));
    this.#places = Uint32Array.from(places);
    this.#cells = new Int32Array(2 * columns.length);
    this.#decode = arrayLineDecoder(file, columns);
  }

  /**
   * The cells of whole lines of UTF-8, each with its break; `number` is the first one's place in the file. The lines are
   * changed on the way. A batch holds until the next is asked for.
   * @throws WaybillError 'not-json' | 'part-damaged' naming file, line and column.
   */
  *batches(lines: Buffer, number: number): Generator<CellBatch> {
    let next = number;
    for (let at = 0; at < lines.length; ) {
      const taken = this.#take(lines, at);
      if (taken.rows > 0) yield { rows: taken.rows, bytes: lines, bounds: this.#bounds };
      else yield this.#oddLine(lines.subarray(at, endOfLine(lines, at)), next);
      next += Math.max(1, taken.rows);
      at = taken.rows > 0 ? taken.at : endOfLine(lines, at);
    }
  }

  /** Takes lines up to the size of a batch, or to the first that is not in the plain writing. */
  #take(lines: Buffer, from: number): { readonly rows: number; readonly at: number } {
    let rows = 0;
    let at = from;
    while (at < lines.length) {
      const end = scanLine(lines, at, this.#codes, this.#cells);
      if (end < 0 || (rows > 0 && end - from > BATCH_BYTES)) break;
      this.#keep(lines, rows++);
      at = end;
    }
    return { rows, at };
  }

  #keep(lines: Buffer, row: number): void {
    const places = this.#places;
    const cells = this.#cells;
    let to = 2 * row * places.length;
    if (to + 2 * places.length > this.#bounds.length) this.#growBounds(to + 2 * places.length);
    const bounds = this.#bounds;
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number;
      if ((cells[2 * place] as number) < -1) this.#decodeCell(lines, place);
      bounds[to++] = cells[2 * place] as number;
      bounds[to++] = cells[2 * place + 1] as number;
    }
  }

  #growBounds(needed: number): void {
    const longer = new Int32Array(Math.max(needed, 2 * this.#bounds.length));
    longer.set(this.#bounds);
    this.#bounds = longer;
  }

  #decodeCell(lines: Buffer, place: number): void {
    const begin = ~(this.#cells[2 * place] as number);
    const end = this.#cells[2 * place + 1] as number;
    const isBase64 = formOfKind[(this.#columns[place] as Column).type.kind] === 'bytes';
    this.#cells[2 * place] = begin;
    this.#cells[2 * place + 1] = isBase64
      ? begin + lines.write(lines.toString('latin1', begin, end), begin, 'base64')
      : unescapeInPlace(lines, begin, end);
  }

  #oddLine(line: Buffer, number: number): CellBatch {
    const row = this.#decode(line.toString('utf8', 0, line.length - 1), number);
    const plain = Buffer.from(plainLine(this.#columns, row), 'utf8');
    if (this.#take(plain, 0).rows === 1) return { rows: 1, bytes: plain, bounds: this.#bounds };
    throw damaged(this.#file, `line ${number} holds a value of another kind than its column's`);
  }
}

function endOfLine(lines: Buffer, at: number): number {
  return lines.indexOf(LINE_FEED, at) + 1;
}

function plainLine(columns: readonly Column[], row: Row): string {
  return `[${row.map((value, i) => plainJson(value, formOfKind[(columns[i] as Column).type.kind])).join(',')}]\n`;
}

function plainJson(value: Value, form: Form): string {
  if (value instanceof Uint8Array) return `"${base64OfBytes(value)}"`;
  return form === 'integer' && value !== null ? String(value) : JSON.stringify(value);
}
