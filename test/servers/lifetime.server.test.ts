import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import { identify, isRunning } from '../../servers/processes.ts';
import { startMariadb } from '../support/mariadb/mariadb.ts';
import { endOwner, startOwner } from '../support/owners.ts';

beforeEach(() => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', '');
  vi.stubEnv('WAYBILL_MYSQL_URL', '');
});

describe.each([
  { kind: 'postgres', start: () => startPostgres() },
  { kind: 'mariadb', start: () => startMariadb() },
])('a $kind server', ({ kind, start }) => {
  test('is gone with its files after stop, and a second stop does nothing', async () => {
    const server = await start();
    const { pid = -1, dataDir = '' } = server;
    const running = identify(pid);
    expect([isRunning(running), existsSync(dataDir)]).toEqual([true, true]);
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect([isRunning(running), existsSync(dataDir)]).toEqual([false, false]);
  });

  test('outlives an owner that is killed, and the next start ends it', async () => {
    const owner = await startOwner(kind);
    const orphan = identify(owner.pid);
    expect(await endOwner(owner, 'SIGKILL')).toBe('SIGKILL');
    // Other test files start servers too, and may have ended the orphan already. This start ends it at the latest.
    const server = await start();
    expect([isRunning(orphan), existsSync(owner.dataDir)]).toEqual([false, false]);
    await server.stop();
  });

  test('is not ended by another start while its owner lives', async () => {
    const owner = await startOwner(kind);
    const theirs = identify(owner.pid);
    await (await start()).stop();
    expect([isRunning(theirs), existsSync(owner.dataDir)]).toEqual([true, true]);
    await endOwner(owner, 'SIGTERM');
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends with an owner that gets %s', async (signal) => {
    const owner = await startOwner(kind);
    const server = identify(owner.pid);
    expect(await endOwner(owner, signal)).toBe(signal);
    expect([isRunning(server), existsSync(owner.dataDir)]).toEqual([false, false]);
  });

  test('does not keep its owner from exiting, and ends with it', async () => {
    const owner = await startOwner(kind, '', 'exits');
    const server = identify(owner.pid);
    if (owner.process.exitCode === null) await once(owner.process, 'exit');
    expect(owner.process.exitCode).toBe(0);
    expect([isRunning(server), existsSync(owner.dataDir)]).toEqual([false, false]);
  });

  test('stays while an owner that handles SIGINT itself finishes its work', async () => {
    const owner = await startOwner(kind, '', 'handles');
    const server = identify(owner.pid);
    const ended = endOwner(owner, 'SIGINT');
    await once(owner.process.stdout ?? owner.process, 'data');
    expect(isRunning(server)).toBe(true);
    expect(await ended).toBe(4);
    expect(isRunning(server)).toBe(false);
  });
});
