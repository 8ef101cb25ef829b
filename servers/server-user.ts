import { chown, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** What `spawn` takes; empty when this process is not root. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody`: Linux's overflow uid, which needs no entry in /etc/passwd. */
const nobody = 65534;

/** The user that servers run as: this one, but never root, which PostgreSQL refuses and MariaDB warns about. */
export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
}

/** Makes a file or an empty folder the server user's own. */
export async function giveToServerUser(target: string): Promise<void> {
  const { uid, gid } = serverUser();
  if (uid !== undefined && gid !== undefined) await chown(target, uid, gid);
}

/** Whether the server user may pass through this existing folder and all above it: not when one is root's 0700 home. */
export async function canServerUserEnter(folder: string): Promise<boolean> {
  const { uid } = serverUser();
  if (uid === undefined) return true;
  for (let at = await realpath(folder); ; at = path.dirname(at)) {
    const { mode, uid: owner } = await stat(at);
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
