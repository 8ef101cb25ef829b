import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import { freePort } from '../../servers/free-port.ts';
import { startMariadb } from '../support/mariadb/mariadb.ts';

// The race cannot be forced. Instead, the first port that is returned here is already in use.
vi.mock(import('../../servers/free-port.ts'), async (original) => {
  const real = await original();
  return { freePort: vi.fn(real.freePort) };
});

let occupant: Server;
let taken: number;

beforeEach(async () => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', '');
  vi.stubEnv('WAYBILL_MYSQL_URL', '');
  taken = await freePort();
  occupant = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => occupant.listen(taken, '127.0.0.1', resolve));
  vi.mocked(freePort).mockClear().mockResolvedValueOnce(taken);
});

afterEach(() => {
  occupant.close();
});

test.each([
  { kind: 'PostgreSQL', start: () => startPostgres() },
  { kind: 'MariaDB', start: () => startMariadb() },
])('$kind takes another port when its own was taken in the meantime', async ({ start }) => {
  const server = await start();
  expect(Number(new URL(server.url).port)).not.toBe(taken);
  expect(freePort).toHaveBeenCalledTimes(2);
  await server.stop();
});
