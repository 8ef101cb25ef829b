import type { CellBatch } from '../../../../core/model/cells.ts';
import type { Column } from '../../../../core/model/schema.ts';
import type { Value } from '../../../../core/model/value.ts';
import { cellsOfRow } from '../cell-codec.ts';
import { arrayLineDecoder, type LineDecoder } from '../decode-row.ts';
import { type Form, formOfKind } from '../json-forms.ts';
import * as layout from './scan-layout.ts';
import { ScanText } from './scan-text.ts';

const LINE_FEED = 0x0a;

const codes: Readonly<Record<Form, number>> = {
  text: layout.TEXT,
  integer: layout.INTEGER,
  boolean: layout.BOOLEAN,
  bytes: layout.BYTES,
  array: layout.ARRAY,
};

/**
 * Cuts the lines of a part file into batches of cells, which remain in the bytes of the lines: escapes and base64 are
 * decoded in place. A WebAssembly module (`assembly/`) does this without making strings, for lines as waybill writes them.
 * A line written differently (white space, `1e2`) is read by the exact decoder and becomes a batch by itself.
 */
export class CellScanner {
  /** The memory that the lines must be in. */
  readonly text: ScanText;
  readonly #forms: readonly Form[];
  readonly #places: readonly number[];
  readonly #decode: LineDecoder;

  /** @param places positions of the requested columns among those of the file. */
  constructor(file: string, columns: readonly Column[], places: readonly number[]) {
    const forms = columns.map((column) => formOfKind[column.type.kind]);
    this.text = new ScanText({
      forms: Uint8Array.from(forms, (form) => codes[form]),
      places: Uint32Array.from(places),
    });
    this.#forms = places.map((place) => forms[place] as Form);
    this.#places = places;
    this.#decode = arrayLineDecoder(file, columns);
  }

  /**
   * Yields the cells of whole lines of UTF-8, each with its break. `number` is the first one's place in the file. The lines
   * are overwritten. A batch is valid until the next is requested.
   * @throws WaybillError 'not-json' | 'part-damaged' naming file, line and column.
   */
  *batches(lines: Buffer, number: number): Generator<CellBatch> {
    const { machine, bytes } = this.text;
    const end = lines.byteOffset - bytes.byteOffset + lines.length;
    let next = number;
    for (let at = end - lines.length; at < end; ) {
      const taken = machine.scan(at, end);
      if (taken.rows > 0) yield { rows: taken.rows, bytes, bounds: machine.bounds };
      else yield this.#oddLine(bytes.toString('utf8', at, bytes.indexOf(LINE_FEED, at)), next);
      next += Math.max(1, taken.rows);
      at = taken.rows > 0 ? taken.at : bytes.indexOf(LINE_FEED, at) + 1;
    }
  }

  #oddLine(line: string, number: number): CellBatch {
    const row = this.#decode(line, number);
    return cellsOfRow(
      this.#places.map((place) => row[place] as Value),
      this.#forms,
    );
  }
}
