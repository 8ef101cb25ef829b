import mysqlDriver from 'mysql2/promise';
import pg from 'pg';
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
    readonly mysqlProduct: 'MariaDB' | 'MySQL';
    /** 18 */
    readonly postgresMajor: number;
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
  project.provide('mysqlProduct', await productOf(mysql.url));
  project.provide('postgresMajor', await majorOf(postgres.url));
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
}

async function productOf(url: string): Promise<'MariaDB' | 'MySQL'> {
  const connection = await mysqlDriver.createConnection(url);
  const [[row]] = (await connection.query('select version() as version')) as unknown as [[{ version: string }]];
  await connection.end();
  return row.version.includes('MariaDB') ? 'MariaDB' : 'MySQL';
}

async function majorOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  await client.end();
  return rows[0]?.major ?? 0;
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
