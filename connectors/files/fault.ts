import { WaybillError } from '../../core/model/errors.ts';
import type { Column } from '../../core/model/schema.ts';
import { type Row, UnreadableRow, type UnreadValue, type Value } from '../../core/model/value.ts';
import { isOutOfSpace } from '../../storage/atomic-file.ts';

/** Makes the error for a damaged file. `what` names places and types, never a cell value. */
export function damaged(file: string, what: string, cause?: unknown): WaybillError {
  return new WaybillError('part-damaged', `${file}: ${what}.`, {
    hint: 'Export this part again, or restore the file from where it was copied.',
    cause,
  });
}

/**
 * Makes the error for text at a place (`line 7`) that is not JSON. The parser's own message is left out because it
 * quotes the text.
 */
export function notJson(file: string, at: string, what = 'is not JSON'): WaybillError {
  return new WaybillError('not-json', `${file}: ${at} ${what}.`, {
    hint: 'Export this part again, or correct the file if it was made elsewhere.',
  });
}

/** Describes a value that could not be read, for the record of its row. */
export function unreadValue(file: string, at: string, { name }: Column, text: string | null): UnreadValue {
  return { column: name, place: `${file}: ${at}, column "${name}"`, text };
}

/** Makes the row of these cells; an `UnreadableRow` when there are such values. */
export function rowOfCells(cells: readonly (Value | UnreadValue)[]): Row {
  const unread = new Map<number, UnreadValue>();
  const values = cells.map((cell, place) => {
    if (!isUnread(cell)) return cell;
    unread.set(place, cell);
    return null;
  });
  return unread.size === 0 ? values : new UnreadableRow(values, unread);
}

function isUnread(cell: Value | UnreadValue): cell is UnreadValue {
  return typeof cell === 'object' && cell !== null && 'place' in cell;
}

/** Makes the error for a value whose JSON type or text does not match its column. */
export function wrongValue(file: string, at: string, { name, type }: Column): WaybillError {
  return damaged(file, `${at}, column "${name}" does not hold canonical ${type.kind}`);
}

/** Makes the error for a directory or file that cannot be opened. */
export function unavailable(message: string, hint: string, cause?: unknown): WaybillError {
  return new WaybillError('source-unavailable', message, { hint, cause });
}

/** Returns the system's code of an error, such as ENOENT; empty when it has none. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Makes the error for a failed write. An error without a system code is returned unchanged. `label` names the file. */
export function writeFault(label: string, error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof WaybillError || code === '') return error;
  if (isOutOfSpace(error)) {
    return new WaybillError('disk-full', `There is no room to write ${label} (${code}).`, {
      hint: 'Free some space and resume.',
      cause: error,
    });
  }
  return new WaybillError('target-unavailable', `${label} cannot be written (${code}).`, {
    hint: 'Choose a directory that this user may write to.',
    cause: error,
  });
}
