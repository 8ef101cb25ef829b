import { type EncodedRows, RowBuffer, type RowFormat } from '../core/model/encoded.ts';
import type { Column } from '../core/model/schema.ts';
import type { Row } from '../core/model/value.ts';
import type { Refusal, RefusedRow } from '../core/ports/ledger.ts';
import type { PartWriter, Target } from '../core/ports/target.ts';

/** A part writer that encodes rows as the engine does, and refuses a value that has no encoding. */
export interface RowWriter extends Pick<PartWriter, 'finish' | 'commit' | 'rollback'> {
  write(rows: readonly Row[]): Promise<Refusal | null>;
  writeIsolating(rows: readonly Row[]): Promise<readonly RefusedRow[]>;
}

/** Columns of which a connector knows only the name. */
export function columnsOf(names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, type: { kind: 'text', native: 'text' }, nullable: true }));
}

/** Opens a part in the target's own format. */
export async function openPart(into: Target, table: string, names: readonly string[]): Promise<RowWriter> {
  const format = await into.rowFormat(table, columnsOf(names));
  const writer = await into.openPart(table, names, format);
  const encodedBy = (write: (rows: EncodedRows) => Promise<Refusal | null>) => async (rows: readonly Row[]) => {
    const encoded = encode(format, rows);
    return 'sqlstate' in encoded ? encoded : write(encoded);
  };
  return {
    write: encodedBy((rows) => writer.write(rows)),
    writeIsolating: async (rows) => {
      const refused: RefusedRow[] = [];
      const encoded = new RowBuffer();
      const places = rows.flatMap((row, i) => {
        const fault = encoded.add(format, row);
        if (fault === null) return [i];
        refused.push({ row: i, refusal: { sqlstate: fault.sqlstate, constraint: null, column: null } });
        return [];
      });
      const written = encoded.count === 0 ? [] : await writer.writeIsolating(encoded);
      refused.push(...written.map(({ row, refusal }) => ({ row: places[row] as number, refusal })));
      return refused.sort((a, b) => a.row - b.row);
    },
    finish: () => writer.finish(),
    commit: (entry) => writer.commit(entry),
    rollback: () => writer.rollback(),
  };
}

/** Encodes rows in a format, or returns the refusal of the first value that has no encoding. */
export function encode(format: RowFormat, rows: readonly Row[]): EncodedRows | Refusal {
  const buffer = new RowBuffer();
  for (const row of rows) {
    const fault = buffer.add(format, row);
    if (fault !== null) return { sqlstate: fault.sqlstate, constraint: null, column: null };
  }
  return buffer;
}

/** All rows of a target's table in the format in which they were loaded, each in hex, sorted. */
export async function encodedRowsOf(from: Target, table: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const rows of from.inspector.encoded(table, columnsOf(names))) found.push(...hexRows(rows));
  return found.sort();
}

/** Each row in hex. */
export function hexRows({ count, bytes, ends }: EncodedRows): string[] {
  return Array.from(ends.subarray(0, count), (end, i) =>
    Buffer.from(bytes.subarray(i === 0 ? 0 : ends[i - 1], end)).toString('hex'),
  );
}
