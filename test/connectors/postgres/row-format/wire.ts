import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What happens when the statement is sent. `lose the answer` still delivers the statement to the server. */
export type Fault = 'lose the answer' | 'lose the statement';

/** A connection to a server that can be cut at a statement. */
export interface Wire {
  readonly url: string;
  /** From now on, the first session that sends this statement is cut. */
  cutAt(statement: string, fault: Fault): void;
  /** Ends every session now, with a reset or an orderly FIN. */
  cut(how: 'reset' | 'goodbye'): void;
  /** From now on no client can connect. */
  close(): void;
}

/** Puts a proxy in front of a server. It is removed after the test. */
export async function wireTo(server: string): Promise<Wire> {
  const to = new URL(server);
  let cut: { readonly bytes: Buffer; readonly fault: Fault } | null = null;
  const sockets = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    let isDeaf = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => [near, far].map((each) => each.destroy()));
    }
    near.on('data', (bytes) => {
      if (cut !== null && bytes.includes(cut.bytes)) {
        const { fault } = cut;
        cut = null;
        if (fault === 'lose the statement') return near.destroy();
        isDeaf = true;
      }
      return far.write(bytes);
    });
    far.on('data', (bytes) => (isDeaf ? near.destroy() : near.write(bytes)));
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  const url = new URL(server);
  url.host = `127.0.0.1:${(relay.address() as { port: number }).port}`;
  return {
    url: url.href,
    cutAt: (statement, fault) => {
      cut = { bytes: Buffer.from(`${statement}\0`), fault };
    },
    cut: (how) => {
      for (const socket of sockets) {
        if (how === 'reset') socket.resetAndDestroy();
        else socket.destroy();
      }
    },
    close: () => relay.close(),
  };
}
