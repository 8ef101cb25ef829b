import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * The folder for the fetched MariaDB: `waybill/mariadb/<system>` in the user's cache folder. Each system has its own
 * folder, because machines with different libraries may share a home.
 */
export async function mariadbCache(): Promise<string> {
  const caches = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(caches, 'waybill', 'mariadb', await systemName());
}

/** debian-12-x64 */
async function systemName(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release)?.[1];
  return [field('ID') ?? os.platform(), field('VERSION_ID') ?? 'rolling', os.arch()].join('-');
}
