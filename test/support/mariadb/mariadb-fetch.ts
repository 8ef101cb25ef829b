import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { placeOnce } from '../../../servers/public-copy.ts';
import type { Claim } from '../../../servers/server-registry.ts';
import { libraryFolders } from './library-folders.ts';
import { mariadbCache } from './mariadb-cache.ts';

const run = promisify(execFile);
const packages = ['mariadb-server-core', 'mariadb-client-core'];

/** Libraries depend on libraries. Debian's chain for MariaDB has one link. */
const maxLibraryRounds = 3;

/**
 * Unpacks Debian's or Ubuntu's MariaDB into the cache, with the libraries that this system lacks. Returns its folder.
 * Needs apt and dpkg but not root, installs nothing, and is safe when two processes run it at once.
 *
 * @throws Error of the program that failed.
 */
export async function fetchMariadb(claim: Claim): Promise<string> {
  const place = await mariadbCache();
  await mkdir(path.dirname(place), { recursive: true });
  const work = await mkdtemp(`${place}.new-`);
  claim.addFolder(work);
  try {
    const tree = path.join(work, 'tree');
    const debs = path.join(work, 'debs');
    await Promise.all([mkdir(tree), mkdir(debs)]);
    const apt = await downloadWithFreshLists(packages, debs, work);
    await unpack(debs, tree);
    await addMissingLibraries(tree, debs, apt);
    await placeOnce(tree, place);
    return place;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

type AptOptions = readonly string[];

/** apt-get download fails if the system's package lists are empty or old. Separate lists need no root. */
async function downloadWithFreshLists(names: readonly string[], debs: string, work: string): Promise<AptOptions> {
  try {
    await download(names, debs, []);
    return [];
  } catch {
    const state = path.join(work, 'lists');
    const cache = path.join(work, 'cache');
    await mkdir(path.join(state, 'partial'), { recursive: true });
    await mkdir(path.join(cache, 'archives', 'partial'), { recursive: true });
    const own = ['-o', `Dir::State::Lists=${state}`, '-o', `Dir::Cache=${cache}`, '-o', 'Debug::NoLocking=1'];
    await aptGet(['update'], work, own);
    await download(names, debs, own);
    return own;
  }
}

async function download(names: readonly string[], debs: string, apt: AptOptions): Promise<void> {
  await aptGet(['download', ...names], debs, apt);
}

async function aptGet(args: readonly string[], cwd: string, apt: AptOptions): Promise<void> {
  // The sandbox user could not write to a folder under root's home.
  const quiet = ['-qq', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::http::Timeout=30'];
  await run('apt-get', [...quiet, ...apt, ...args], { cwd, env: { ...process.env, LC_ALL: 'C' } });
}

/** Unpacks every package in a folder. */
export async function unpack(debs: string, tree: string): Promise<void> {
  for (const deb of await readdir(debs)) await run('dpkg-deb', ['-x', path.join(debs, deb), tree]);
}

async function addMissingLibraries(tree: string, debs: string, apt: AptOptions): Promise<void> {
  for (let round = 0; round < maxLibraryRounds; round++) {
    const missing = await missingLibraries(tree);
    if (missing.length === 0) return;
    const needed = await dependencies(debs);
    await download(
      needed.filter((name) => missing.some((library) => packageHolds(name, library))),
      debs,
      apt,
    );
    await unpack(debs, tree);
  }
}

/** Library names as the loader knows them: liburing.so.2 */
async function missingLibraries(tree: string): Promise<readonly string[]> {
  const env = { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: (await libraryFolders(tree)).join(':') };
  const { stdout } = await run('ldd', [path.join(tree, 'usr/sbin/mariadbd')], { env });
  return [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].flatMap((match) => match[1] ?? []);
}

/** The names in the Depends fields of the packages so far. */
async function dependencies(debs: string): Promise<readonly string[]> {
  const fields = await Promise.all(
    (await readdir(debs)).map(async (deb) => (await run('dpkg-deb', ['-f', path.join(debs, deb), 'Depends'])).stdout),
  );
  return fields.flatMap((field) => field.split(/[,|]/)).flatMap((one) => /[a-z0-9][a-z0-9.+-]*/.exec(one)?.[0] ?? []);
}

/** Debian names a library's package after the library: liburing.so.2 is in liburing2, libaio.so.1 in libaio1 or libaio1t64. */
function packageHolds(name: string, library: string): boolean {
  const [stem, version] = library.toLowerCase().split('.so.');
  return [`${stem}${version}`, `${stem}-${version}`].some((each) => name === each || name === `${each}t64`);
}
