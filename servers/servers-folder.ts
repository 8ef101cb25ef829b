import { chmod, lstat, mkdir, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { WaybillError } from '../core/model/errors.ts';
import { canServerUserEnter } from './server-user.ts';

/**
 * The folder for everything that this user's servers leave outside their data: `waybill-servers-<uid>` in the temporary
 * folder. Others may pass through it, and not list or change it.
 *
 * @throws WaybillError 'server-unavailable' when somebody else made that folder.
 */
export async function serversFolder(): Promise<string> {
  const uid = process.getuid?.();
  const folder = path.join(await temporaryFolder(), `waybill-servers-${uid ?? os.userInfo().username}`);
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const found = await lstat(folder);
  if (!found.isDirectory() || (uid !== undefined && found.uid !== uid)) {
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
