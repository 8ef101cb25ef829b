import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** The library folders in unpacked Debian packages, one for each architecture: usr/lib/x86_64-linux-gnu. */
export async function libraryFolders(tree: string): Promise<readonly string[]> {
  const roots = ['usr/lib', 'lib'].map((each) => path.join(tree, each)).filter((each) => existsSync(each));
  const inside = await Promise.all(
    roots.map(async (root) => (await readdir(root)).map((name) => path.join(root, name))),
  );
  return inside.flat().filter((folder) => folder.includes('-linux-'));
}
