import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy in front of a database that a test can disturb while connections are open. */
export interface TcpProxy {
  readonly port: number;
  /** The same URL through the proxy. */
  through(url: string): string;
  /** Keeps connections open and passes nothing in either direction. Incoming data waits. */
  pause(): void;
  resume(): void;
  /** From now on discards the server's answers on open connections. Data to the server still arrives. */
  swallowAnswers(): void;
  /** Passes this many more bytes from the server, and then cuts all connections. */
  cutAfter(bytes: number): void;
  /** Cuts all connections. New ones are accepted. */
  cut(): void;
  /** Called with each chunk that a client sends, before it is passed on. */
  onSent: (bytes: Buffer) => void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port for the server of a URL. */
export async function tcpProxy(url: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(url);
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket; isSwallowed: boolean }>();
  let isPaused = false;
  let bytesLeft = Number.POSITIVE_INFINITY;
  const server = createServer((client) => {
    const pair = { client, server: connect(Number(port), hostname), isSwallowed: false };
    pairs.add(pair);
    client.on('data', (bytes) => {
      proxy.onSent(bytes);
      pair.server.write(bytes);
    });
    pair.server.on('data', (bytes) => {
      if (pair.isSwallowed) return;
      bytesLeft -= bytes.length;
      if (bytesLeft > 0) client.write(bytes);
      else client.write(bytes.subarray(0, bytes.length + bytesLeft), proxy.cut);
    });
    for (const [one, other] of [[client, pair.server] as const, [pair.server, client] as const]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
      if (isPaused) one.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const all = (): Socket[] => [...pairs].flatMap((pair) => [pair.client, pair.server]);
  const proxy: TcpProxy = {
    port: (server.address() as AddressInfo).port,
    through: (to) => {
      const changed = new URL(to);
      changed.hostname = '127.0.0.1';
      changed.port = String(proxy.port);
      return changed.href;
    },
    pause: () => {
      isPaused = true;
      for (const socket of all()) socket.pause();
    },
    resume: () => {
      isPaused = false;
      for (const socket of all()) socket.resume();
    },
    swallowAnswers: () => {
      for (const pair of pairs) pair.isSwallowed = true;
    },
    cutAfter: (bytes) => {
      bytesLeft = bytes;
    },
    cut: () => {
      bytesLeft = Number.POSITIVE_INFINITY;
      for (const socket of all()) socket.destroy();
    },
    onSent: () => undefined,
    close: async () => {
      proxy.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
