import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorCodes } from '../../core/model/errors.ts';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import { freePort } from '../../servers/free-port.ts';
import type { RunningServer } from '../../servers/running-server.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';

let dataDir: string;
let port: number;
let server: RunningServer;
let runs: DisturbedRuns;

/** Starts it with the same data folder and port each time. */
async function start(): Promise<void> {
  server = await startPostgres({ dataDir, settings: { port: String(port) } });
}

beforeAll(async () => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', ''); // a separate server, because it is stopped
  dataDir = await mkdtemp(join(tmpdir(), 'waybill-restart-'));
  port = await freePort();
  await start();
  const url = `postgres://waybill@127.0.0.1:${port}/postgres`;
  runs = await disturbedRuns({ pipeline: 'marketplace', database: { url, drop: () => server.stop() } });
});

afterAll(async () => {
  await runs.database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Stops the server in the middle of a COPY. Calls `andThen` before the run notices. */
async function stopInCopy(run: string, signal: 'SIGINT' | 'SIGQUIT', andThen: () => Promise<void>) {
  const proxy = await tcpProxy(runs.database.url);
  let stopping: Promise<void> | null = null;
  proxy.onSent = (bytes) => {
    if (stopping !== null || !bytes.includes(`copy "${run}"."orders"`)) return;
    proxy.pause();
    process.kill(server.pid as number, signal);
    stopping = server.stop().then(andThen).then(proxy.resume);
  };
  const result = await runs.go(run, { target: proxy.through(runs.database.url) });
  await stopping;
  await proxy.close();
  expect(stopping).not.toBeNull();
  return result;
}

describe('a target that is stopped in the middle of a COPY', () => {
  it('at once (immediate shutdown) and stays down stops a run, which can be resumed when it is back', async () => {
    const stopped = await stopInCopy('stopped_at_once', 'SIGQUIT', async () => {});
    expectExit(stopped, 4);
    expect(stopped.stderr).toContain('hint: Start the server');
    const early = await runs.go('stopped_at_once', { isResumed: true });
    expectExit(early, errorCodes['target-unavailable']);
    expect(early.stderr).toContain('hint: Start the server');
    await start();
    await runs.expectSound('stopped_at_once');
    expectExit(await runs.go('stopped_at_once', { isResumed: true }), 0);
    await runs.expectSame('stopped_at_once');
  });

  it('in an orderly way (fast shutdown, 57P01) and is back at once can be resumed', async () => {
    expectExit(await stopInCopy('stopped_in_order', 'SIGINT', start), 0);
    await runs.expectSame('stopped_in_order');
  });
});
