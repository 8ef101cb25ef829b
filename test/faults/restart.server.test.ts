import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorCodes } from '../../core/errors.ts';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import { freePort } from '../../servers/free-port.ts';
import type { RunningServer } from '../../servers/running-server.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';

let dataDir: string;
let port: number;
let server: RunningServer;
let runs: DisturbedRuns;

/** On the same data folder and port each time. */
async function start(): Promise<void> {
  server = await startPostgres({ dataDir, settings: { port: String(port) } });
}

beforeAll(async () => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', '');
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

describe('a target that is stopped in the middle of a COPY and started again', () => {
  it.each([
    ['at once (immediate shutdown)', 'stopped_at_once', 'SIGQUIT', /The connection to .* broke|SQLSTATE 57P0/],
    ['in good order (fast shutdown, 57P01)', 'stopped_in_order', 'SIGINT', /SQLSTATE 57P01/],
  ] as const)('%s', async (_how, run, signal, told) => {
    const proxy = await tcpProxy(runs.database.url);
    let stopping: Promise<void> | null = null;
    proxy.onSent = (bytes) => {
      if (stopping !== null || !bytes.includes(`copy "${run}"."orders"`)) return;
      proxy.pause();
      process.kill(server.pid as number, signal);
      stopping = server.stop().then(proxy.resume);
    };
    const stopped = await runs.go(run, { target: proxy.through(runs.database.url) });
    await stopping;
    await proxy.close();
    expectExit(stopped, 4);
    expect(stopped.stderr).toMatch(told);
    const early = await runs.go(run, { isResumed: true });
    expectExit(early, errorCodes['target-unavailable']);
    expect(early.stderr).toContain('hint: Start the server');
    await start();
    await runs.expectSound(run);
    expectExit(await runs.go(run, { isResumed: true }), 0);
    await runs.expectSame(run);
  });
});
