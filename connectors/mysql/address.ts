import { isIP } from 'node:net';
import { WaybillError } from '../../core/model/errors.ts';
import { parseUrl } from '../sql/source-url.ts';

/** How the server's certificate is checked. */
type TlsMode = 'verified' | 'unverified' | 'off';

/** A server and database, parsed from a URL. */
export interface MysqlAddress {
  readonly host: string;
  readonly port: number;
  /** Path of a Unix socket, used instead of host and port; null without one. */
  readonly socket: string | null;
  readonly user: string;
  readonly password: string;
  /** Empty when the URL has none. */
  readonly database: string;
  readonly tls: TlsMode;
  readonly isCompressed: boolean;
  /** `mysql://host:3306/c01`, without credentials. */
  readonly label: string;
  /** See `IdleTimeout`; 0 or absent waits for ever. */
  readonly idleTimeoutMs?: number;
}

const defaultPort = 3306;
const parameters = new Set(['tls', 'socket', 'compress']);

/**
 * Parses a `mysql://user:password@host:port/database` URL. TLS is on and verified unless the URL says `tls=off` or
 * `tls=unverified`. Without `tls=` it is off for this machine only. `socket=/path` names a Unix socket. `compress=on` makes
 * the server compress its answers.
 *
 * @throws WaybillError 'configuration' when the URL cannot be read; it never repeats the URL.
 */
export function parseAddress(url: string): MysqlAddress {
  const parsed = parseUrl(url, misread);
  for (const name of parsed.searchParams.keys()) {
    if (!parameters.has(name)) throw misread(`has an unknown parameter "${name}"`);
  }
  const socket = parsed.searchParams.get('socket');
  const host = decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost';
  const port = Number(parsed.port || defaultPort);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  const place = socket === null ? `${parsed.hostname || host}:${port}` : `${host}(${socket})`;
  return {
    host,
    port,
    socket,
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database,
    tls: tlsMode(parsed.searchParams.get('tls'), host, socket !== null),
    isCompressed: compressMode(parsed.searchParams.get('compress')),
    label: `mysql://${place}/${database}`,
  };
}

/**
 * The database that is the path of a URL; null when the URL has no path.
 * @throws WaybillError 'configuration' when the URL cannot be read; it never repeats the URL.
 */
export function databaseOf(url: string): string | null {
  return decodeURIComponent(parseUrl(url, misread).pathname.replace(/^\//, '')) || null;
}

/** The URL with another database. @throws as `databaseOf`. */
export function urlOfDatabase(url: string, database: string): string {
  const parsed = parseUrl(url, misread);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

function tlsMode(named: string | null, host: string, isSocket: boolean): TlsMode {
  const mode = named ?? (isSocket || isLocal(host) ? 'off' : 'verified');
  if (mode === 'off' || mode === 'unverified') return mode;
  if (mode !== 'verified') throw misread('has an unknown value of tls');
  // For an IP address mysql2 compares the certificate with "localhost".
  if (isIP(host) !== 0) throw misread('has an IP address, but a verified certificate needs a host name');
  return mode;
}

function compressMode(named: string | null): boolean {
  if (named === null || named === 'off' || named === 'on') return named === 'on';
  throw misread('has an unknown value of compress');
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function misread(what: string): WaybillError {
  return new WaybillError('configuration', `The URL of the MySQL source ${what}.`, {
    hint: 'Write mysql://user@host:3306/database with special characters percent-encoded, and ?tls=verified, unverified or off, or ?compress=on or off.',
  });
}
