import { WaybillError } from '../../core/model/errors.ts';
import { parseUrl } from '../sql/source-url.ts';

/** How the connection is encrypted: `strict` begins with TLS (TDS 8.0), `off` encrypts nothing but the login. */
type Encryption = 'on' | 'strict' | 'off';

/** How all reads see one moment where the database has no snapshots: not at all, or by locks that make writers wait. */
type WithoutSnapshots = 'read-committed' | 'serializable';

/** A server and database, parsed from a URL. */
export interface SqlServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Empty when the URL has none: then it is the user's default database. */
  readonly database: string;
  readonly encryption: Encryption;
  readonly isCertificateTrusted: boolean;
  readonly withoutSnapshots: WithoutSnapshots;
  /** `sqlserver://host:1433/shop`, without credentials. */
  readonly label: string;
  /** See `IdleTimeout`; 0 or absent waits for ever. */
  readonly idleTimeoutMs?: number;
}

const defaultPort = 1433;
const parameters = new Set(['encrypt', 'trustServerCertificate', 'schema', 'isolation']);
const integrated = new Set(['integrated', 'integratedsecurity', 'trusted_connection', 'authentication', 'domain']);

/**
 * Parses a `sqlserver://user:password@host:port/database` URL. TLS is on and verified unless the URL says `encrypt=false` or
 * `trustServerCertificate=true`. `schema=` names the schema that is read, and `isolation=serializable` allows locks where the
 * database has no snapshots.
 *
 * @throws WaybillError 'configuration' when the URL cannot be read; it never repeats the URL.
 */
export function parseAddress(url: string): SqlServerAddress {
  const parsed = parseUrl(url, misread);
  refuseUnknown(parsed.searchParams.keys());
  const user = decodeURIComponent(parsed.username);
  if (user === '') throw withoutUser();
  const host = decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost';
  const port = Number(parsed.port || defaultPort);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  return {
    ...{ host, port, user, password: decodeURIComponent(parsed.password), database },
    encryption: choice(parsed, 'encrypt', { true: 'on', strict: 'strict', false: 'off' }),
    isCertificateTrusted: choice(parsed, 'trustServerCertificate', { false: false, true: true }),
    withoutSnapshots: choice(parsed, 'isolation', {
      'read-committed': 'read-committed',
      serializable: 'serializable',
    }),
    label: `sqlserver://${parsed.hostname || host}:${port}/${database}`,
  };
}

/** The schema of a database whose URL names none. */
const defaultSchema = 'dbo';

/**
 * The `?schema=` of a URL, `dbo` without one.
 * @throws WaybillError 'configuration' when the URL cannot be read; it never repeats the URL.
 */
export function schemaOfUrl(url: string): string {
  return parseUrl(url, misread).searchParams.get('schema') ?? defaultSchema;
}

/** The URL with another `?schema=`. @throws as `schemaOfUrl`. */
export function withSchema(url: string, schema: string): string {
  const parsed = parseUrl(url, misread);
  parsed.searchParams.set('schema', schema);
  return parsed.href;
}

function refuseUnknown(names: Iterable<string>): void {
  for (const name of names) {
    if (integrated.has(name.toLowerCase())) throw withoutUser();
    if (!parameters.has(name)) throw misread(`has an unknown parameter "${name}"`);
  }
}

/** The value of a parameter; the first choice is the default. */
function choice<T>({ searchParams }: URL, name: string, choices: Readonly<Record<string, T>>): T {
  const [first] = Object.keys(choices) as [string];
  const named = searchParams.get(name) ?? first;
  if (!Object.hasOwn(choices, named)) throw misread(`has an unknown value of ${name}`);
  return choices[named] as T;
}

function misread(what: string): WaybillError {
  return new WaybillError('configuration', `The URL of the SQL Server source ${what}.`, {
    hint: 'Write sqlserver://user@host:1433/database with special characters percent-encoded, and ?schema=dbo, ?encrypt=true, strict or false, ?trustServerCertificate=true or ?isolation=serializable.',
  });
}

function withoutUser(): WaybillError {
  return new WaybillError(
    'configuration',
    'The URL of the SQL Server source names no SQL login. waybill does not support the integrated (Windows) login.',
    { hint: 'Create a SQL login that may read, and write sqlserver://user@host:1433/database.' },
  );
}
