import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { ClientConfig } from 'pg';
import { WaybillError } from '../../core/model/errors.ts';
import type { IdleTimeout } from '../../core/ports/open-options.ts';

/** The end of a migration that a connection serves, which decides the code of its errors. */
export type Side = 'source' | 'target';

/** A database to connect to, parsed from a URL. */
export interface PostgresAddress {
  readonly side: Side;
  /** `postgres://host:5432/database`, without credentials. */
  readonly label: string;
  readonly database: string;
  readonly config: ClientConfig;
  /** See `IdleTimeout`; 0 waits for ever. */
  readonly idleTimeoutMs: number;
  /** The server's max_locks_per_transaction; absent before it was asked. */
  readonly locksPerTransaction?: number;
  /** sslmode of the URL, else the default for the host. */
  readonly sslMode: string;
  /** The files of `sslrootcert`, `sslcert` and `sslkey`, by these names. */
  readonly sslFiles: Readonly<Record<string, string>>;
}

/**
 * The environment variables with which a client program such as pg_dump reaches the same database, and verifies the server as
 * waybill does: wherever TLS is verified, libpq's mode is `verify-full`, with the system's authorities unless the URL names some.
 */
export function clientEnvironment({ config, sslMode, sslFiles, database }: PostgresAddress): Record<string, string> {
  const { host, port, user, password } = config;
  return {
    PGHOST: String(host),
    PGPORT: String(port),
    PGDATABASE: database,
    ...(user === undefined ? {} : { PGUSER: user }),
    ...(typeof password === 'string' ? { PGPASSWORD: password } : {}),
    ...clientTls(sslMode, sslFiles),
  };
}

function clientTls(sslMode: string, sslFiles: PostgresAddress['sslFiles']): Record<string, string> {
  if (sslMode === 'disable') return { PGSSLMODE: 'disable' };
  const files = Object.fromEntries(Object.entries(sslFiles).map(([name, file]) => [`PG${name.toUpperCase()}`, file]));
  if (sslMode === 'no-verify') return { ...files, PGSSLMODE: 'require' };
  return { PGSSLROOTCERT: 'system', ...files, PGSSLMODE: 'verify-full' };
}

const connectTimeoutMs = 10_000;
const keepAliveMs = 30_000;
const defaultPort = 5432;

/**
 * Parses a `postgres://` URL. TLS is on and verified, also for `require` and `prefer` (unlike libpq), unless the URL says
 * `sslmode=disable` or `sslmode=no-verify`. Without `sslmode=` it is off for this machine only. `sslrootcert`, `sslcert` and
 * `sslkey` name files, `host=/path` names a socket folder with its `port`, and `options` is passed to the server.
 *
 * @throws WaybillError 'configuration' when the URL cannot be read.
 */
export function parseAddress(url: string, side: Side, { idleTimeoutMs = 0 }: IdleTimeout = {}): PostgresAddress {
  const parsed = parseUrl(url, side);
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, '$1');
  const user = decodeURIComponent(parsed.username);
  const database = decodeURIComponent(parsed.pathname.slice(1)) || user;
  const port = Number(parsed.port || parsed.searchParams.get('port') || defaultPort);
  const options = parsed.searchParams.get('options');
  return {
    side,
    idleTimeoutMs,
    label: `postgres://${host || 'localhost'}:${port}/${database}`,
    database,
    sslMode: sslModeOf(parsed, host),
    sslFiles: sslFilesOf(parsed),
    config: {
      host: host || 'localhost',
      port,
      database,
      ...(user === '' ? {} : { user }),
      ...(parsed.password === '' ? {} : { password: decodeURIComponent(parsed.password) }),
      ...(options === null ? {} : { options }),
      ssl: tlsOf(parsed, host, side),
      application_name: 'waybill',
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveMs,
    },
  };
}

/**
 * The `?schema=` of a source's URL; null when it has none.
 * @throws WaybillError 'configuration' when the URL cannot be read; it never repeats the URL.
 */
export function schemaParameter(url: string): string | null {
  return parseUrl(url, 'source').searchParams.get('schema');
}

/** The URL of a source with another `?schema=`. @throws as `schemaParameter`. */
export function withSchemaParameter(url: string, schema: string): string {
  const parsed = parseUrl(url, 'source');
  parsed.searchParams.set('schema', schema);
  return parsed.href;
}

function parseUrl(url: string, side: Side): URL {
  try {
    const parsed = new URL(url);
    decodeURIComponent(parsed.pathname + parsed.username + parsed.password);
    if (/[@#]/.test(parsed.pathname + parsed.search + parsed.hash))
      throw new TypeError('a password that is not encoded');
    return parsed;
  } catch {
    // The URL may contain a password, and the caught error may contain the URL.
    throw new WaybillError('configuration', `The URL of the ${side} cannot be read.`, {
      hint: 'Write postgres://user@host:5432/database, with special characters percent-encoded.',
    });
  }
}

const modes = new Set(['disable', 'no-verify', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']);

function tlsOf(url: URL, host: string, side: Side): false | ConnectionOptions {
  const mode = sslModeOf(url, host);
  if (!modes.has(mode)) {
    throw new WaybillError('configuration', `The URL of the ${side} has an unknown sslmode "${mode}".`, {
      hint: 'Use sslmode=verify-full, no-verify or disable.',
    });
  }
  if (mode === 'disable') return false;
  return {
    rejectUnauthorized: mode !== 'no-verify',
    ...fileOption(url, 'sslrootcert', 'ca', side),
    ...fileOption(url, 'sslcert', 'cert', side),
    ...fileOption(url, 'sslkey', 'key', side),
  };
}

function sslModeOf(url: URL, host: string): string {
  return url.searchParams.get('sslmode') ?? (isLocal(host) ? 'disable' : 'verify-full');
}

function sslFilesOf({ searchParams }: URL): Record<string, string> {
  const names = ['sslrootcert', 'sslcert', 'sslkey'].filter((name) => searchParams.has(name));
  return Object.fromEntries(names.map((name) => [name, searchParams.get(name) as string]));
}

function isLocal(host: string): boolean {
  return host === '' || host === 'localhost' || host === '::1' || host.startsWith('127.') || host.startsWith('/');
}

function fileOption(url: URL, parameter: string, option: string, side: Side): Record<string, string> {
  const file = url.searchParams.get(parameter);
  if (file === null) return {};
  try {
    return { [option]: readFileSync(file, 'utf8') };
  } catch (cause) {
    throw new WaybillError('configuration', `The file ${file} (${parameter} of the ${side}) cannot be read.`, {
      hint: 'Name a file that exists and that this user may read.',
      cause,
    });
  }
}
