import { type ErrorCode, WaybillError } from '../../core/model/errors.ts';

/**
 * The one place where a driver error becomes a `WaybillError`. MySQL's messages quote values and user names, so sentences
 * are built from the error's number and name and from the operation.
 */

/** What mysql2 sets on an error. `errno` is positive only when the server sent it. */
interface DriverError {
  readonly code?: string;
  readonly errno?: number;
  readonly message?: string;
}

interface ErrorKind {
  readonly code: ErrorCode;
  readonly hint: string;
}

const interrupted = (hint: string): ErrorKind => ({ code: 'source-interrupted', hint });
const unavailable = (hint: string): ErrorKind => ({ code: 'source-unavailable', hint });
const refused = (hint: string): ErrorKind => ({ code: 'source-refused-login', hint });
const missing: ErrorKind = {
  code: 'source-missing-table',
  hint: 'Correct the contract or the name of the live schema.',
};
const badLogin = refused('Correct user and password in the URL, or let the server accept this user from here.');
const noPrivilege = refused('Grant the user select on it.');
const full = unavailable('Close other sessions or raise max_connections.');
const gone = interrupted('Check that the server runs and can be reached, then resume.');
const locked = interrupted('Resume: another session held a lock for too long.');

/** By the server's error number (mysqld_error.h). Only MariaDB has 1927 and 1969; only MySQL has 3024 and 4031. */
const kinds: Readonly<Record<number, ErrorKind>> = {
  1040: full,
  1203: full,
  1226: full,
  1129: unavailable('Run "flush hosts" on the server, then try again.'),
  1046: unavailable('Name a database at the end of the URL: mysql://host:3306/database.'),
  1049: unavailable('Correct the database in the URL, or create it.'),
  1044: badLogin,
  1045: badLogin,
  1130: badLogin,
  1251: badLogin,
  1698: badLogin,
  1142: noPrivilege,
  1143: noPrivilege,
  1227: noPrivilege,
  1051: missing,
  1146: missing,
  1054: { code: 'drift', hint: 'Compare the contract with the live table, which lacks one of its columns.' },
  1412: { code: 'drift', hint: 'Start again while nobody changes the table: its DDL changed after the snapshot.' },
  1053: gone,
  1080: gone,
  1927: gone,
  4031: gone,
  1205: locked,
  1213: locked,
  1317: interrupted('Resume: the query was killed.'),
  1969: interrupted('Raise max_statement_time on the server, then resume.'),
  3024: interrupted('Raise max_execution_time on the server, then resume.'),
};

/** The number of a server error; undefined for any other error. */
export function errnoOf(error: unknown): number | undefined {
  const { errno } = (error ?? {}) as DriverError;
  return typeof errno === 'number' && errno >= 1000 ? errno : undefined;
}

/** Wraps the error of an operation (`doing`: "read c01.tbl_order"). A `WaybillError` stays as it is. */
export function wrapped(error: unknown, label: string, doing: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const errno = errnoOf(error);
  // If the database of a table does not exist, MySQL returns 1049 and MariaDB 1146.
  const kind = errno === undefined ? gone : errno === 1049 ? missing : kinds[errno];
  const { code, hint } = kind ?? interrupted('Look up the number, or read the cause with --verbose.');
  const message =
    kind === gone
      ? `The connection to ${label} broke while waybill tried to ${doing}.`
      : `${label} did not ${doing}: ${sentence(error)}.`;
  return new WaybillError(code, message, { hint, cause: error });
}

/** Wraps an error of connecting. */
export function wrappedConnect(error: unknown, label: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const errno = errnoOf(error);
  const kind = errno === undefined ? undefined : kinds[errno];
  if (kind?.code === 'source-refused-login') {
    return new WaybillError(kind.code, `${label} refused the login: ${sentence(error)}.`, {
      hint: kind.hint,
      cause: error,
    });
  }
  const { code, message } = error as DriverError;
  const reason = errno === undefined ? (code ?? 'no reason given') : sentence(error);
  return new WaybillError('source-unavailable', `No connection to ${label}: ${reason}.`, {
    hint: kind?.hint ?? connectHint(`${code ?? ''} ${message ?? ''}`),
    cause: error,
  });
}

function connectHint(text: string): string {
  if (/SSL|TLS|CERT|self.signed/i.test(text)) {
    return 'Give the server a certificate that verifies (NODE_EXTRA_CA_CERTS), or add ?tls=unverified or ?tls=off.';
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return 'Correct the host name in the URL.';
  return 'Start the server, or correct the host and port in the URL.';
}

/** `error 1146 (ER_NO_SUCH_TABLE)` */
function sentence(error: unknown): string {
  const { code, errno } = error as DriverError;
  return `error ${errno}${code?.startsWith('ER_') ? ` (${code})` : ''}`;
}
