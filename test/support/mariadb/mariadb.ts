import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { type Launch, launch } from '../../../servers/launch.ts';
import { foreignServer, type RunningServer } from '../../../servers/running-server.ts';
import { claimServer } from '../../../servers/server-registry.ts';
import { findMariadb, type MariadbProgram, mariadbFinders } from './mariadb-binaries.ts';
import { createMariadbFolder, folderFlags, type MariadbFolder } from './mariadb-data-dir.ts';

export interface MariadbOptions {
  /** Server flags (`--sql-mode=`, …) that follow `mariadbDefaults` and override them. */
  readonly settings?: readonly string[];
}

/** Flags for every server. A killed server may lose its last second, because it is a source that is loaded once. */
const mariadbDefaults: readonly string[] = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--skip-log-bin',
  '--character-set-server=utf8mb4',
  '--default-time-zone=+00:00',
  '--max-allowed-packet=64M',
  '--local-infile=1',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-buffer-pool-size=512M',
];

/**
 * Its second protocol would take its usual port. Legacy foreign keys refer to columns without a unique key, which MySQL refuses since
 * 8.4; older servers do not know the setting.
 */
const ofMysql: readonly string[] = ['--mysqlx=OFF', '--loose-restrict-fk-on-non-standard-key=OFF'];

/**
 * Starts a MariaDB (or MySQL) server whose user is `root` without a password, or uses the one in WAYBILL_MYSQL_URL. The
 * first start on a Debian or Ubuntu without a server fetches one. The data is always temporary. The server ends with
 * `stop()` or with this process. If this process is killed, the next start ends it.
 *
 * @throws WaybillError 'server-unavailable' if there is no server program, or if it does not come up.
 */
export async function startMariadb(options: MariadbOptions = {}, finders = mariadbFinders): Promise<RunningServer> {
  const url = process.env.WAYBILL_MYSQL_URL;
  if (url) return foreignServer(url);
  const claim = await claimServer('SIGTERM');
  try {
    const program = await findMariadb(finders, claim);
    const folder = await createMariadbFolder(program, claim, options.settings ?? []);
    return await launch(mariadbLaunch(program, folder, options.settings ?? []), claim);
  } catch (error) {
    claim.release();
    throw error;
  }
}

function mariadbLaunch(program: MariadbProgram, folder: MariadbFolder, settings: readonly string[]): Launch {
  const { dataDir, socket, pidFile, initFile, logFile } = folder;
  const files = [`--socket=${socket}`, `--pid-file=${pidFile}`, `--init-file=${initFile}`];
  const flags = [...folderFlags(program, folder), ...files, ...mariadbDefaults];
  if (program.dialect === 'mysql') flags.push(...ofMysql);
  return {
    product: program.dialect === 'mysql' ? 'MySQL' : 'MariaDB',
    urlVariable: 'WAYBILL_MYSQL_URL',
    command: program.command,
    env: program.env,
    dataDir,
    logFile,
    portTaken: /Bind on TCP\/IP port/,
    args: (port) => [...flags, `--port=${port}`, ...settings],
    url: (port) => `mysql://root@127.0.0.1:${port}/`,
    isReady: async (pid, port) => isPidIn(pidFile, pid) && (await greets(port)),
  };
}

/** The server writes its pid once it has its port, so that another server's greeting is not mistaken for its own. */
function isPidIn(pidFile: string, pid: number): boolean {
  try {
    return Number(readFileSync(pidFile, 'utf8')) === pid;
  } catch {
    return false;
  }
}

/** The MySQL protocol begins with a packet from the server: length, sequence number, then protocol version 10. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (isReady: boolean) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.once('data', (packet) => answer(packet[4] === 10));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
    socket.setTimeout(1000, () => answer(false));
  });
}
