import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Claim } from '../../../servers/server-registry.ts';
import { giveToServerUser, serverUser } from '../../../servers/server-user.ts';
import { serversFolder } from '../../../servers/servers-folder.ts';
import type { MariadbProgram } from './mariadb-binaries.ts';

/** The files of one server, in a folder that is removed with it. */
export interface MariadbFolder {
  readonly dataDir: string;
  readonly tmpDir: string;
  readonly socket: string;
  readonly pidFile: string;
  readonly logFile: string;
  /** SQL that runs at every start. It lets root connect over TCP, where the host is 127.0.0.1 and not localhost. */
  readonly initFile: string;
}

const grantRoot = `create user if not exists 'root'@'127.0.0.1';
grant all privileges on *.* to 'root'@'127.0.0.1' with grant option;
`;

/** Creates the folder and the system tables in it. MySQL takes the case of table names only when it makes these. */
export async function createMariadbFolder(
  program: MariadbProgram,
  claim: Claim,
  settings: readonly string[],
): Promise<MariadbFolder> {
  const base = await mkdtemp(path.join(await serversFolder(), 'mariadb-'));
  claim.addFolder(base);
  const inside = (name: string) => path.join(base, name);
  const folder = {
    dataDir: inside('data'),
    tmpDir: inside('tmp'),
    socket: inside('socket'),
    pidFile: inside('pid'),
    logFile: inside('server.log'),
    initFile: inside('init.sql'),
  };
  await Promise.all([mkdir(folder.dataDir), mkdir(folder.tmpDir), writeFile(folder.initFile, grantRoot)]);
  await Promise.all([base, folder.dataDir, folder.tmpDir, folder.initFile].map(giveToServerUser));
  await createSystemTables(
    program,
    folder,
    settings.filter((flag) => flag.startsWith('--lower-case-table-names=')),
  );
  return folder;
}

/** Flags for both the server and the creation of the system tables. */
export function folderFlags(program: MariadbProgram, folder: MariadbFolder): readonly string[] {
  const own = ['--no-defaults', `--datadir=${folder.dataDir}`, `--tmpdir=${folder.tmpDir}`];
  return program.dialect === 'mysql' ? own : [...own, `--lc-messages-dir=${program.shareDir}`];
}

async function createSystemTables(
  program: MariadbProgram,
  folder: MariadbFolder,
  settings: readonly string[],
): Promise<void> {
  const flags = folderFlags(program, folder);
  if (program.dialect === 'mysql')
    return runServer(program, [...flags, ...settings, '--initialize-insecure'], '', folder);
  // The same statements, in the same order, as in MariaDB's own mariadb-install-db.
  const files = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'];
  const parts = await Promise.all(files.map((name) => readFile(path.join(program.shareDir, name), 'utf8')));
  const sql = ['create database mysql;', 'use mysql;', 'set @auth_root_socket=NULL;', ...parts, ''].join('\n');
  await runServer(program, [...flags, '--bootstrap', '--skip-log-bin'], sql, folder);
}

async function runServer(
  program: MariadbProgram,
  flags: readonly string[],
  sql: string,
  folder: MariadbFolder,
): Promise<void> {
  const child = spawn(program.command, flags, { ...serverUser(), cwd: folder.dataDir, env: program.env });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  // A server that stops early closes its input. Its exit code shows the failure.
  child.stdin.on('error', () => {});
  child.stdin.end(sql);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode === 0) return;
  const end = output.trim().split('\n').slice(-8).join('\n');
  throw new WaybillError('server-unavailable', `${program.command} could not make its system tables: ${end}`, {
    hint: 'Remove the cause, or set WAYBILL_MYSQL_URL to the URL of a running server.',
  });
}
