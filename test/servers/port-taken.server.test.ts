import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../../servers/free-port.ts';

let occupant: Server;
let taken: number;
let asked: ReturnType<typeof vi.fn<typeof freePort>>;

beforeEach(async () => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', '');
  vi.stubEnv('WAYBILL_MYSQL_URL', '');
  taken = await freePort();
  occupant = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => occupant.listen(taken, '127.0.0.1', resolve));
  // The race cannot be forced. Instead, the first port that is returned here is already in use.
  asked = vi.fn(freePort).mockResolvedValueOnce(taken);
  // Other files in this process have loaded the servers with the real function.
  vi.resetModules();
  vi.doMock('../../servers/free-port.ts', () => ({ freePort: asked }));
});

afterEach(() => {
  occupant.close();
});

afterAll(() => {
  vi.doUnmock('../../servers/free-port.ts');
  vi.resetModules();
});

test.each([
  { kind: 'PostgreSQL', start: async () => (await import('../../servers/embedded-postgres.ts')).startPostgres() },
  { kind: 'MariaDB', start: async () => (await import('../support/mariadb/mariadb.ts')).startMariadb() },
])('$kind takes another port when its own was taken in the meantime', async ({ start }) => {
  const server = await start();
  expect(Number(new URL(server.url).port)).not.toBe(taken);
  expect(asked).toHaveBeenCalledTimes(2);
  await server.stop();
});
