import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { WaybillError } from '../core/model/errors.ts';
import { placeOnce } from './public-copy.ts';
import type { Claim } from './server-registry.ts';
import { canServerUserEnter, giveToServerUser, serverUser } from './server-user.ts';
import { serversFolder } from './servers-folder.ts';

/** A new cluster in a folder that goes when the server goes. */
export async function temporaryDataDir(bin: string, claim: Claim): Promise<string> {
  const dataDir = await mkdtemp(path.join(await serversFolder(), 'postgres-'));
  claim.addFolder(dataDir);
  await initialise(dataDir, bin, claim);
  return dataDir;
}

/**
 * The cluster in this folder, made when there is none yet; its real path.
 *
 * When the server user cannot enter the folder (root's 0700 home), it becomes a link to one under the servers folder;
 * data then lasts as long as the system keeps temporary files, and a link whose data went starts empty.
 *
 * @throws WaybillError 'server-unavailable' when the folder holds something else.
 */
export async function persistentDataDir(requested: string, bin: string, claim: Claim): Promise<string> {
  const dataDir = await enterableFolder(path.resolve(requested));
  if (existsSync(path.join(dataDir, 'PG_VERSION'))) return dataDir;
  if ((await readdir(dataDir)).length > 0) {
    throw new WaybillError(
      'server-unavailable',
      `The folder ${requested} holds something else than PostgreSQL's data.`,
      {
        hint: 'Name an empty or a new folder for the data.',
      },
    );
  }
  await initialise(dataDir, bin, claim);
  return dataDir;
}

async function enterableFolder(requested: string): Promise<string> {
  const parent = path.dirname(requested);
  await mkdir(parent, { recursive: true });
  const existing = await realpath(requested).catch(() => undefined);
  if (existing !== undefined && (await canServerUserEnter(path.dirname(existing)))) return existing;
  if (existing !== undefined && (await readdir(existing)).length > 0) {
    throw new WaybillError('server-unavailable', `The user of the database server cannot enter ${requested}.`, {
      hint: 'Let others pass through the folders above it (chmod o+x), or name another folder for the data.',
    });
  }
  // What is here now is nothing, an empty folder, or a link whose data went.
  await rm(requested, { recursive: true, force: true });
  if (!(await canServerUserEnter(parent))) {
    await symlink(await mkdtemp(path.join(await serversFolder(), 'data-')), requested);
  } else await mkdir(requested, { mode: 0o700 });
  return realpath(requested);
}

/** The cluster appears in one step: an initdb that is killed halfway leaves no folder that looks like one. */
async function initialise(dataDir: string, bin: string, claim: Claim): Promise<void> {
  const fresh = await mkdtemp(`${dataDir}.new-`);
  claim.addFolder(fresh);
  await giveToServerUser(fresh);
  const choices = ['--locale=C', '-E', 'UTF8', '--no-sync', '-A', 'trust', '-U', 'waybill'];
  const env = { PATH: process.env.PATH, LC_ALL: 'C' };
  await promisify(execFile)(path.join(bin, 'initdb'), ['-D', fresh, ...choices], {
    ...serverUser(),
    cwd: fresh,
    env,
  }).catch((cause: { readonly stderr?: string; readonly message: string }) => {
    throw new WaybillError('server-unavailable', `initdb failed: ${(cause.stderr || cause.message).trim()}`, {
      hint: 'Remove the cause, or set WAYBILL_POSTGRES_URL to the URL of a running server.',
      cause,
    });
  });
  await placeOnce(fresh, dataDir);
}
