import type { EventEmitter } from 'node:events';
import mssql, { type ConnectionPool, type config } from 'mssql';
import type { SqlServerAddress } from '../address.ts';

const connectTimeoutMs = 15_000;
/** The longest delay of a timer: the pool never closes its connection by itself. */
const neverMs = 2_147_483_647;

/** The driver's connection, with what its types do not declare. */
export interface WireConnection extends EventEmitter {
  /** Absent before it connects. */
  readonly socket?: { readonly bytesRead: number; destroy(): void };
  sendLogin7Packet(): void;
}

/** Makes a pool of one connection, which the pool neither checks nor replaces. `onWire` receives it before it connects. */
export function poolOf(address: SqlServerAddress, onWire: (wire: WireConnection) => void): ConnectionPool {
  const { host, port, user, password, database, encryption, isCertificateTrusted } = address;
  const settings: config & { readonly validateConnection: false } = {
    ...{ server: host, port, user, password },
    ...(database === '' ? {} : { database }),
    connectionTimeout: connectTimeoutMs,
    requestTimeout: 0,
    validateConnection: false,
    arrayRowMode: true,
    pool: { min: 0, max: 1, idleTimeoutMillis: neverMs },
    options: {
      appName: 'waybill',
      // The driver's own types lack `strict`.
      encrypt: encryption === 'strict' ? (encryption as unknown as boolean) : encryption === 'on',
      trustServerCertificate: isCertificateTrusted,
      readOnlyIntent: true,
      useUTC: true,
    },
    beforeConnect: (driver: unknown) => {
      const wire = driver as WireConnection;
      if (encryption === 'on') requireEncryption(wire);
      onWire(wire);
    },
  };
  return new mssql.ConnectionPool(settings);
}

/** What the error of a server that cannot encrypt contains. */
export const withoutEncryption = 'the server does not encrypt';

/**
 * Refuses to log in without TLS. If a server, or somebody between, answers that it cannot encrypt, tedious 19.2.2 would send
 * user and password in the clear although its option `encrypt` is on.
 */
function requireEncryption(wire: WireConnection): void {
  let isSecure = false;
  wire.on('secure', () => {
    isSecure = true;
  });
  const login = wire.sendLogin7Packet.bind(wire);
  wire.sendLogin7Packet = () => {
    if (!isSecure) throw new Error(withoutEncryption);
    // A server may send the client to another one, which has to encrypt too.
    isSecure = false;
    login();
  };
}
