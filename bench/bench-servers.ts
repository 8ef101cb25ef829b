import { startPostgres } from '../servers/embedded-postgres.ts';
import { type PostgresFinder, postgresFinders, systemBinaries } from '../servers/postgres-binaries.ts';
import { startMariadb } from '../test/support/mariadb/mariadb.ts';

/** Both servers of a bench, and a way to stop them. */
export interface BenchServers {
  readonly sourceUrl: string;
  readonly targetUrl: (database: string) => string;
  stop(): Promise<void>;
}

/** Prefers the installed PostgreSQL to the embedded one: psql and pgcopydb (through pg_dump) refuse a newer server. */
const finders: readonly PostgresFinder[] = [systemBinaries, ...postgresFinders];

/** Starts a separate MariaDB and PostgreSQL; the buffer pool holds the whole data set at scale 1. */
export async function startServers(): Promise<BenchServers> {
  const mariadb = await startMariadb({ settings: ['--innodb-buffer-pool-size=2G'] });
  const postgres = await startPostgres({ settings: { shared_buffers: '512MB' } }, finders);
  const targetUrl = (database: string): string => {
    const url = new URL(postgres.url);
    url.pathname = `/${database}`;
    return url.toString();
  };
  const stop = async () => {
    await Promise.all([mariadb.stop(), postgres.stop()]);
  };
  return { sourceUrl: mariadb.url, targetUrl, stop };
}
