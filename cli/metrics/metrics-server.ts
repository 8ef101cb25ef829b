import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { WaybillError } from '../../core/model/errors.ts';

/** A running metrics server. */
export interface MetricsServer {
  /** `http://127.0.0.1:9464/metrics` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a registry at `/metrics` and nothing else. @param port 0 picks a free port.
 * @throws WaybillError 'usage' when the port or host is not available.
 */
export async function serveMetrics(registry: Registry, host: string, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => void answer(registry, request, response));
  await listen(server, host, port);
  server.on('error', () => undefined); // a failed request must not stop a migration
  const { port: listeningPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listeningPort}/metrics`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((listening, fail) => {
      server.once('error', fail);
      server.listen(port, host, () => {
        server.off('error', fail);
        listening();
      });
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new WaybillError('usage', `Metrics cannot be served on port ${port} of ${host}: ${code}.`, {
      hint: 'Give another --metrics-port, 0 for a free one, or another --metrics-host.',
      cause,
    });
  }
}

async function answer(registry: Registry, { method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (method !== 'GET' || url?.split('?')[0] !== '/metrics') {
    response.writeHead(404).end();
    return;
  }
  try {
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
  } catch {
    response.writeHead(500).end();
  }
}
