import type { Socket } from 'node:net';
import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';
import type { MysqlAddress } from './address.ts';

const connectTimeoutMs = 10_000;
const keepAliveMs = 30_000;

/** Starts to connect. The first query waits for the connection and reports its failure. */
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
    // By default mysql2 checks the certificate's chain but not its host name.
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verified', verifyIdentity: tls === 'verified' } }),
  };
  return createConnection(options);
}

/** The socket of a connection, which mysql2's types do not declare. */
export function socketOf(connection: Connection): Socket {
  return (connection as unknown as { readonly stream: Socket }).stream;
}

/** Closes a connection at once. mysql2's `destroy()` alone lets a running result finish, or leaves it hanging. */
export function destroy(connection: Connection): void {
  connection.destroy();
  socketOf(connection).destroy();
}
