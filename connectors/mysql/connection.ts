import type { Socket } from 'node:net';
import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';
import type { MysqlAddress } from './address.ts';

const connectTimeoutMs = 10_000;
const keepAliveMs = 30_000;

/** Begins to connect; the first query waits for it and reports what went wrong. */
export function connect({ host, port, socket, user, password, database, tls, isCompressed }: MysqlAddress): Connection {
  const options: ConnectionOptions = {
    ...(socket === null ? { host, port } : { socketPath: socket }),
    user,
    password,
    ...(database === '' ? {} : { database }),
    charset: 'utf8mb4_general_ci',
    compress: isCompressed,
    connectTimeout: connectTimeoutMs,
    enableKeepAlive: true,
    keepAliveInitialDelay: keepAliveMs,
    // mysql2 checks the certificate's chain but, unless told, not whose it is.
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verified', verifyIdentity: tls === 'verified' } }),
  };
  return createConnection(options);
}

/** The socket under a connection, which mysql2's types do not show. */
export function socketOf(connection: Connection): Socket {
  return (connection as unknown as { readonly stream: Socket }).stream;
}

/** Ends a connection at once. mysql2's own `destroy()` lets a running result come to its end, or to none at all. */
export function destroy(connection: Connection): void {
  connection.destroy();
  socketOf(connection).destroy();
}
