import path from 'node:path';
import { type Launch, launch } from './launch.ts';
import { findPostgres, postgresFinders } from './postgres-binaries.ts';
import { persistentDataDir, temporaryDataDir } from './postgres-data-dir.ts';
import { clearPostmasterPid, isPostmasterReady } from './postmaster-pid.ts';
import { foreignServer, type RunningServer } from './running-server.ts';
import { claimServer } from './server-registry.ts';

export interface PostgresOptions {
  /** Where the data stays between runs; a temporary folder, removed on stop, when absent. */
  readonly dataDir?: string;
  /** Server settings (postgresql.conf names) that win over `postgresDefaults`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * The settings of every server: nothing must survive a power cut, but what was committed must survive a killed server,
 * or a resume after it would be tried against a ledger that lost its last row. Hence no `synchronous_commit=off`.
 */
const postgresDefaults: Readonly<Record<string, string>> = {
  fsync: 'off',
  max_connections: '50',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  // Containers often have 64 MB of /dev/shm, too little for parallel queries.
  dynamic_shared_memory_type: 'mmap',
  listen_addresses: '127.0.0.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** SIGINT is PostgreSQL's "fast shutdown": it ends the sessions and leaves the data clean. */
const stopSignal = 'SIGINT';

/** The longest path of a Unix socket (sockaddr_un) that every system takes. */
const maxSocketPathBytes = 100;

/**
 * A PostgreSQL server of our own, whose user is `waybill`; or the one in WAYBILL_POSTGRES_URL.
 * It ends with `stop()`, with this process, or, when this process is killed, with the next start.
 *
 * @throws WaybillError 'server-unavailable' when there are no binaries, when a server already runs on `dataDir`, or when
 * it does not come up.
 */
export async function startPostgres(options: PostgresOptions = {}, finders = postgresFinders): Promise<RunningServer> {
  const url = process.env.WAYBILL_POSTGRES_URL;
  if (url) return foreignServer(url);
  const bin = await findPostgres(finders);
  const claim = await claimServer(stopSignal);
  try {
    const { dataDir: wanted } = options;
    const dataDir = wanted ? await persistentDataDir(wanted, bin, claim) : await temporaryDataDir(bin, claim);
    await clearPostmasterPid(dataDir);
    return await launch(postgresLaunch(bin, dataDir, options.settings ?? {}), claim);
  } catch (error) {
    claim.release();
    throw error;
  }
}

function postgresLaunch(bin: string, dataDir: string, settings: Readonly<Record<string, string>>): Launch {
  const isShort = Buffer.byteLength(dataDir) + '/.s.PGSQL.65535.lock'.length <= maxSocketPathBytes;
  const all = { ...postgresDefaults, unix_socket_directories: isShort ? dataDir : '', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    product: 'PostgreSQL',
    urlVariable: 'WAYBILL_POSTGRES_URL',
    command: path.join(bin, 'postgres'),
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    dataDir,
    logFile: path.join(dataDir, 'server.log'),
    portTaken: /could not bind|could not create any TCP\/IP sockets/,
    args: (port) => ['-D', dataDir, '-p', String(port), ...flags],
    url: (port) => `postgres://waybill@127.0.0.1:${port}/postgres`,
    isReady: (pid) => isPostmasterReady(dataDir, pid),
  };
}
