import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { serversFolder } from './servers-folder.ts';

/** A copy of a program's folder that everybody can read, made once and used again; safe against two at once. */
export async function publicCopy(folder: string, program: string): Promise<string> {
  const source = await realpath(folder);
  const { mtimeMs, size } = await stat(path.join(source, program));
  const name = createHash('sha256').update(`${source} ${mtimeMs} ${size}`).digest('hex').slice(0, 12);
  const copy = path.join(await serversFolder(), `copy-${name}`);
  if (existsSync(path.join(copy, program))) return copy;
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
    if (entry.isFile()) await chmod(child, (await stat(child)).mode & 0o100 ? 0o755 : 0o644);
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
