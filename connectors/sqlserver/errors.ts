import { type ErrorCode, WaybillError } from '../../core/model/errors.ts';
import { withoutEncryption } from './wire/connection.ts';

/**
 * The one place where a driver error becomes a `WaybillError`. SQL Server's messages quote values, names and users, so
 * sentences are built from the error's number and from the operation.
 */

/** What the driver sets on an error. `number` is the server's; the errors of the layers below are in the other two. */
interface DriverError {
  readonly code?: string;
  readonly number?: number;
  readonly message?: string;
  readonly originalError?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

interface ErrorKind {
  readonly code: ErrorCode;
  readonly hint: string;
}

const interrupted = (hint: string): ErrorKind => ({ code: 'source-interrupted', hint });
const unavailable = (hint: string): ErrorKind => ({ code: 'source-unavailable', hint });
const refused = (hint: string): ErrorKind => ({ code: 'source-refused-login', hint });
const badLogin = refused(
  'Correct user and password in the URL, and check that the server allows SQL logins (mixed authentication).',
);
const noPrivilege = refused('Grant the user select on it: grant select on schema::[name] to [user].');
const noDatabase = unavailable('Correct the database in the URL, or let this user connect to it.');
const gone = interrupted('Check that the server runs and can be reached, then resume.');
const busy = unavailable('Wait until the server accepts connections, or raise its limit, then try again.');
const locked = interrupted('Resume: another session held a lock for too long.');
const changed: ErrorKind = {
  code: 'drift',
  hint: 'Start again while nobody changes the table: its DDL changed after the snapshot.',
};

/** By the server's error number (`sys.messages`). 40xxx and 10928 are those of Azure SQL Database. */
const kinds: Readonly<Record<number, ErrorKind>> = {
  18456: badLogin,
  18452: refused('Name a SQL login in the URL: this one exists for Windows only.'),
  18450: badLogin,
  18461: refused('Wait until the server leaves single-user mode.'),
  18470: refused('Enable the login: alter login [name] enable.'),
  18486: refused('Unlock the login: alter login [name] with password = … unlock.'),
  18487: refused('Set a new password for the login: it has expired.'),
  18488: refused('Set a new password for the login: it has to be changed.'),
  40615: refused('Allow the address of this machine in the firewall of the server.'),
  229: noPrivilege,
  230: noPrivilege,
  297: noPrivilege,
  300: noPrivilege,
  916: noDatabase,
  911: noDatabase,
  4060: noDatabase,
  4063: noDatabase,
  976: unavailable('Name a replica that is readable, or the listener of the availability group.'),
  978: unavailable('Name a replica that is readable, or the listener of the availability group.'),
  208: { code: 'source-missing-table', hint: 'Correct the contract or the name of the live schema.' },
  207: { code: 'drift', hint: 'Compare the contract with the live table, which lacks one of its columns.' },
  3961: changed,
  3956: changed,
  3952: unavailable('Allow snapshots again: alter database [name] set allow_snapshot_isolation on.'),
  3957: unavailable('Allow snapshots again: alter database [name] set allow_snapshot_isolation on.'),
  3958: interrupted('Give the version store of tempdb more room, then resume.'),
  3966: interrupted('Give the version store of tempdb more room, then resume.'),
  3967: interrupted('Give the version store of tempdb more room, then resume.'),
  1205: interrupted('Resume: the server chose this session as the victim of a deadlock.'),
  1222: locked,
  601: interrupted('Resume: rows moved while they were read.'),
  596: gone,
  6005: gone,
  17142: busy,
  17809: busy,
  10928: busy,
  10929: busy,
  40197: busy,
  40501: busy,
  40613: busy,
};

/** The number of a server error; undefined for any other error. */
export function numberOf(error: unknown): number | undefined {
  for (const { number } of layersOf(error)) if (typeof number === 'number' && number > 0) return number;
  return undefined;
}

/** The error and those that it wraps, in the layers of the driver. */
function layersOf(error: unknown): readonly DriverError[] {
  const found: DriverError[] = [];
  const open = [error];
  while (open.length > 0 && found.length < 16) {
    const next = open.shift();
    if (typeof next !== 'object' || next === null || next instanceof WaybillError) continue;
    const { originalError, cause, errors } = next as DriverError;
    found.push(next as DriverError);
    open.push(...(errors ?? []), originalError, cause);
  }
  return found;
}

/** Wraps the error of an operation (`doing`: "read c01.orders"). A `WaybillError` stays as it is. */
export function wrapped(error: unknown, label: string, doing: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const number = numberOf(error);
  const kind = number === undefined ? gone : kinds[number];
  const { code, hint } = kind ?? interrupted('Look up the number, or read the cause with --verbose.');
  const message =
    kind === gone
      ? `The connection to ${label} broke while waybill tried to ${doing}.`
      : `${label} did not ${doing}: error ${number}.`;
  return new WaybillError(code, message, { hint, cause: error });
}

/** Wraps an error of connecting. @param refusal the number that the server answered with; null without one. */
export function wrappedConnect(error: unknown, label: string, refusal: number | null): WaybillError {
  if (error instanceof WaybillError) return error;
  const number = numberOf(error) ?? refusal ?? undefined;
  const kind = number === undefined ? undefined : kinds[number];
  const layers = layersOf(error);
  const { code, hint } = kind ?? (layers.some((layer) => layer.code === 'ELOGIN') ? badLogin : gone);
  if (code === 'source-refused-login') {
    const reason = number === undefined ? 'no reason given' : `error ${number}`;
    return new WaybillError(code, `${label} refused the login: ${reason}.`, {
      hint,
      cause: error,
    });
  }
  return new WaybillError('source-unavailable', `No connection to ${label}: ${reasonOf(layers, number)}.`, {
    hint: kind?.hint ?? connectHint(layers),
    cause: error,
  });
}

function reasonOf(layers: readonly DriverError[], number: number | undefined): string {
  if (number !== undefined) return `error ${number}`;
  if (mentions(layers, withoutEncryption)) return withoutEncryption;
  return layers.findLast(({ code }) => typeof code === 'string')?.code ?? 'no reason given';
}

function connectHint(layers: readonly DriverError[]): string {
  if (mentions(layers, withoutEncryption))
    return 'Let the server encrypt, or add ?encrypt=false where the network is trusted with the password.';
  if (mentions(layers, 'EENCRYPT')) return 'Remove encrypt=false from the URL: the server requires encryption.';
  if (layers.some(({ code, message }) => /SSL|TLS|CERT|self.signed|altnames/i.test(`${code} ${message}`)))
    return 'Give the server a certificate that verifies (NODE_EXTRA_CA_CERTS), or add ?trustServerCertificate=true.';
  if (layers.some(({ code }) => /ENOTFOUND|EAI_AGAIN/.test(code ?? ''))) return 'Correct the host name in the URL.';
  return 'Start the server and let it listen on TCP/IP, or correct the host and port in the URL.';
}

function mentions(layers: readonly DriverError[], text: string): boolean {
  return layers.some(({ code, message }) => code === text || message?.includes(text) === true);
}
