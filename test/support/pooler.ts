import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A connection pooler in front of a PostgreSQL server that asks for no password. It behaves as pgbouncer does. */
export interface Pooler {
  /** The same URL through the pooler. */
  through(url: string): string;
  close(): Promise<void>;
}

/** Which idle server connection is taken: the one that was used last, or first. */
type Order = 'last' | 'first';

/** When a client's server connection goes back to the pool. */
type Mode = 'transaction' | 'session';

interface Server {
  readonly socket: Socket;
  /** What the server sent before it was ready. */
  readonly greeting: Buffer;
  onBytes: (bytes: Buffer) => void;
}

const readyIdle = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** Starts a pooler on a free port. */
export async function pooler(url: string, mode: Mode, order: Order = 'last'): Promise<Pooler> {
  const { hostname, port } = new URL(url);
  const idle: Server[] = [];
  const sockets = new Set<Socket>();
  const acquire = async (startup: Buffer): Promise<Server> => {
    const found = order === 'last' ? idle.pop() : idle.shift();
    if (found !== undefined) return found;
    const server = await openServer(connect(Number(port), hostname), startup);
    sockets.add(server.socket);
    return server;
  };
  const relay = createServer(async (client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    const startup = await startupOf(client);
    let server: Server | null = await acquire(startup);
    client.write(server.greeting);
    const release = (): void => {
      if (server !== null && mode === 'transaction') idle.push(server);
      if (mode === 'transaction') server = null;
    };
    release();
    let waiting: Promise<void> = Promise.resolve();
    client.on('data', (bytes) => {
      if (bytes[0] === 0x58) return; // Terminate
      waiting = waiting.then(async () => {
        server ??= await acquire(startup);
        server.onBytes = (answer) => {
          client.write(answer);
          if (answer.subarray(-6).equals(readyIdle)) release();
        };
        server.socket.write(bytes);
      });
    });
    client.on('close', () => server?.socket.destroy());
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return {
    through: (to) => {
      const changed = new URL(to);
      changed.hostname = '127.0.0.1';
      changed.port = String((relay.address() as AddressInfo).port);
      return changed.href;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await once(relay, 'close');
    },
  };
}

async function startupOf(client: Socket): Promise<Buffer> {
  const [startup] = (await once(client, 'data')) as [Buffer];
  return startup;
}

/** Logs in and waits until the server is ready. */
async function openServer(socket: Socket, startup: Buffer): Promise<Server> {
  socket.on('error', () => undefined);
  socket.write(startup);
  let greeting = Buffer.alloc(0);
  while (!greeting.subarray(-6).equals(readyIdle)) {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    greeting = Buffer.concat([greeting, bytes]);
  }
  const server: Server = { socket, greeting, onBytes: () => undefined };
  socket.on('data', (bytes) => server.onBytes(bytes));
  return server;
}
