import { createHash, randomUUID } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { WaybillError } from '../core/errors.ts';

/**
 * Database servers refuse to run as root, so root starts them as `nobody`. That user must be able to enter the folders
 * of the binaries and of the data, which it cannot when they lie under root's own 0700 home.
 */

/** What `spawn` takes; empty when this process is not root. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody`, by its number since 1990s Linux (`/proc/sys/kernel/overflowuid`); no entry in /etc/passwd is needed. */
const nobody = 65534;

/** The user that servers run as. */
export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
}

/** Makes a file or an empty folder the server user's own. */
export async function giveToServerUser(target: string): Promise<void> {
  const { uid, gid } = serverUser();
  if (uid !== undefined && gid !== undefined) await chown(target, uid, gid);
}

/** Whether the server user may enter this existing folder and all above it. */
export async function canServerUserEnter(folder: string): Promise<boolean> {
  const { uid } = serverUser();
  if (uid === undefined) return true;
  for (let at = await realpath(folder); ; at = path.dirname(at)) {
    const { mode, uid: owner } = await stat(at);
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * The folder for everything that servers of this user leave outside their data: `waybill-servers-<uid>` in the temporary
 * folder. Others may pass through it and not list or change it.
 *
 * @throws WaybillError 'server-unavailable' when somebody else made that folder.
 */
export async function serversFolder(): Promise<string> {
  const me = process.getuid?.();
  const folder = path.join(await temporaryFolder(), `waybill-servers-${me ?? os.userInfo().username}`);
  await mkdir(folder, { recursive: true });
  const found = await lstat(folder);
  if (!found.isDirectory() || (me !== undefined && found.uid !== me)) {
    throw new WaybillError('server-unavailable', `The folder ${folder} belongs to another user.`, {
      hint: 'Remove it, or set TMPDIR to a folder of your own.',
    });
  }
  await chmod(folder, 0o711);
  return folder;
}

/** Some systems give root a private TMPDIR, which the server user cannot enter. */
async function temporaryFolder(): Promise<string> {
  const usual = await realpath(os.tmpdir());
  return (await canServerUserEnter(usual)) ? usual : '/tmp';
}

/** A copy of a program's folder that the server user can read, made once and used again; safe against two at once. */
export async function publicCopy(folder: string, program: string): Promise<string> {
  const source = await realpath(folder);
  const { mtimeMs, size } = await stat(path.join(source, program));
  const name = createHash('sha256').update(`${source} ${mtimeMs} ${size}`).digest('hex').slice(0, 12);
  const copy = path.join(await serversFolder(), `copy-${name}`);
  if (await exists(path.join(copy, program))) return copy;
  const fresh = `${copy}.${randomUUID()}`;
  await cp(source, fresh, { recursive: true, verbatimSymlinks: true });
  await openToAll(fresh);
  await placeOnce(fresh, copy);
  return copy;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(child);
    else if (entry.isFile()) await chmod(child, (await stat(child)).mode | 0o444 | (((await stat(child)).mode & 0o100) / 0o100) * 0o111);
  }
}

/** Moves a finished folder to its place in one step; when another process was faster, its folder stays and this one goes. */
export async function placeOnce(fresh: string, place: string): Promise<void> {
  try {
    await rename(fresh, place);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
