import { type ErrorCode, WaybillError } from '../../core/model/errors.ts';

/**
 * The one place where a driver error becomes a `WaybillError`. The driver's errors have no number, only SQLite's message
 * (main.c, build.c, resolve.c of its sources), which is recognised by its beginning and never shown.
 */

interface ErrorKind {
  readonly begins: RegExp;
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

const damage = 'Restore it from a backup, or rebuild it: sqlite3 FILE .recover | sqlite3 new.db.';

const kinds: readonly ErrorKind[] = [
  {
    begins: /^no such table|^unknown database/,
    code: 'source-missing-table',
    what: 'it has no such table',
    hint: 'Correct the contract or the name of the live schema.',
  },
  {
    begins: /^no such column/,
    code: 'drift',
    what: 'a column does not exist',
    hint: 'Compare the contract with the live table, which lacks one of its columns.',
  },
  {
    begins: /^no such (?:function|module|collation sequence)/,
    code: 'source-unavailable',
    what: 'it needs a function, module or collation of the program that made it',
    hint: 'Let that program write an ordinary table, or leave the table behind.',
  },
  {
    begins: /^file is not a database|^unsupported file format/,
    code: 'source-unavailable',
    what: 'the file is not an SQLite database, or is encrypted',
    hint: 'Correct the path, or decrypt the file first.',
  },
  {
    begins: /malformed|^disk I\/O error/,
    code: 'part-damaged',
    what: 'the file is damaged',
    hint: damage,
  },
  {
    begins: /^out of memory|^string or blob too big/,
    code: 'source-unavailable',
    what: 'it needs more than the 2 GB of memory that SQLite has here',
    hint: 'Give the table a primary key, so that its rows need no sorting.',
  },
];

/** Wraps the error of an operation (`doing`: "read shop.orders"). A `WaybillError` stays as it is. */
export function wrapped(error: unknown, label: string, doing: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const message = error instanceof Error ? error.message : '';
  const kind = kinds.find(({ begins }) => begins.test(message));
  const sentence = `${label} did not ${doing}: ${kind?.what ?? 'SQLite refused'}.`;
  return new WaybillError(kind?.code ?? 'source-interrupted', sentence, {
    hint: kind?.hint ?? 'Read the cause with --verbose.',
    cause: error,
  });
}

/** Makes the error for a source that was closed. */
export function closed(label: string): WaybillError {
  return new WaybillError('source-interrupted', `${label} was closed.`, { hint: 'Open it again.' });
}
