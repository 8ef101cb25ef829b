import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import type { RunningServer } from '../../servers/running-server.ts';
import { startMariadb } from './mariadb/mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The shared PostgreSQL server's maintenance database. Tests create databases with `createPgDatabase`. */
    readonly postgresUrl: string;
    /** The shared MariaDB server without a database. Tests create databases with `createMysqlDatabase`. */
    readonly mysqlUrl: string;
  }
}

/**
 * Starts one server of each kind for all tests of the project. Vitest calls the returned function after the last test.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startAll();
  const [postgres, mysql] = servers;
  project.provide('postgresUrl', postgres.url);
  project.provide('mysqlUrl', mysql.url);
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
}

/** If one does not start, the other is stopped. */
async function startAll(): Promise<readonly [RunningServer, RunningServer]> {
  const starting = [startPostgres(), startMariadb()] as const;
  try {
    return await Promise.all(starting);
  } catch (error) {
    for (const each of await Promise.allSettled(starting)) if (each.status === 'fulfilled') await each.value.stop();
    throw error;
  }
}
