import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { WaybillError } from '../../../core/model/errors.ts';
import { publicCopy } from '../../../servers/public-copy.ts';
import type { Claim } from '../../../servers/server-registry.ts';
import { canServerUserEnter } from '../../../servers/server-user.ts';
import { libraryFolders } from './library-folders.ts';
import { mariadbCache } from './mariadb-cache.ts';
import { fetchMariadb } from './mariadb-fetch.ts';

/** A server program that runs on this machine. */
export interface MariadbProgram {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  /** The folder with the messages and the SQL for the system tables. */
  readonly shareDir: string;
  /** `mysql` is Oracle's server, which creates its own system tables. */
  readonly dialect: 'mariadb' | 'mysql';
}

/** Returns a program, or a clause that explains why there is none. The claim owns the folders that it creates. */
export type MariadbFinder = (claim: Claim) => Promise<MariadbProgram | string>;

/** The ways to find a server program. The first that returns one wins. */
export const mariadbFinders: readonly MariadbFinder[] = [installed, cached, fetched];

/**
 * Returns the program of the first finder that has one.
 *
 * @throws WaybillError 'server-unavailable' with everything that was tried if there is none.
 */
export async function findMariadb(finders: readonly MariadbFinder[], claim: Claim): Promise<MariadbProgram> {
  const reasons = ['WAYBILL_MYSQL_URL is not set'];
  for (const find of finders) {
    const found = await find(claim);
    if (typeof found !== 'string') return found;
    reasons.push(found);
  }
  throw new WaybillError('server-unavailable', `No MariaDB or MySQL server was found: ${reasons.join('; ')}.`, {
    hint: 'Install mariadb-server (Debian, Ubuntu, Fedora) or mariadb (Homebrew), or set WAYBILL_MYSQL_URL.',
  });
}

const names = ['mariadbd', 'mysqld'];

async function installed(): Promise<MariadbProgram | string> {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/libexec'];
  const files = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  for (const file of files.filter((each) => existsSync(each))) {
    const program = await describe(file, {});
    if (program !== undefined) return program;
  }
  return 'neither mariadbd nor mysqld is on PATH, in /usr/sbin or in /usr/libexec';
}

async function cached(): Promise<MariadbProgram | string> {
  const tree = await mariadbCache();
  const program = await fromTree(tree);
  if (program !== undefined) return program;
  // Trees appear whole, so one that does not run is broken and would block the next.
  await rm(tree, { recursive: true, force: true });
  return `nothing that runs was fetched to ${tree} before`;
}

async function fetched(claim: Claim): Promise<MariadbProgram | string> {
  try {
    const tree = await fetchMariadb(claim);
    return (await fromTree(tree)) ?? `the packages fetched to ${tree} do not run here`;
  } catch (error) {
    return `fetching the packages of Debian or Ubuntu failed (${(error as Error).message.trim()})`;
  }
}

/** The program in unpacked packages, which needs the path of its libraries. */
async function fromTree(tree: string): Promise<MariadbProgram | undefined> {
  const command = 'usr/sbin/mariadbd';
  if (!existsSync(path.join(tree, command))) return undefined;
  const isReadable = await canServerUserEnter(path.dirname(path.join(tree, command)));
  const folder = isReadable ? tree : await publicCopy(tree, command);
  return describe(path.join(folder, command), { LD_LIBRARY_PATH: (await libraryFolders(folder)).join(':') });
}

/** Undefined if the program does not run here or came without its system tables. */
async function describe(command: string, libraries: NodeJS.ProcessEnv): Promise<MariadbProgram | undefined> {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', ...libraries };
  const version = await promisify(execFile)(command, ['--no-defaults', '--version'], { env }).catch(() => undefined);
  if (version === undefined) return undefined;
  const dialect = version.stdout.includes('MariaDB') ? 'mariadb' : 'mysql';
  const prefix = path.dirname(path.dirname(await realpath(command)));
  const shareDirs = ['share/mysql', 'share/mariadb', 'share'].map((each) => path.join(prefix, each));
  const shareDir = shareDirs.find((each) => existsSync(path.join(each, 'english', 'errmsg.sys')));
  return shareDir === undefined && dialect === 'mariadb'
    ? undefined
    : { command, env, shareDir: shareDir ?? prefix, dialect };
}
