import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { postgres } from '../../../connectors/postgres/connector.ts';
import type { CatalogEntry } from '../../../core/ports/target.ts';
import { workFolder } from '../../support/cli.ts';

/** A folder in which a project finds waybill as an installed package. */
export async function folderWithPackage(): Promise<string> {
  const folder = await workFolder();
  await mkdir(join(folder, 'node_modules'));
  await symlink(resolve(import.meta.dirname, '../../..'), join(folder, 'node_modules/waybill'));
  return folder;
}

/** Confirms every proposal of a project, except where an edit says otherwise. */
export async function confirmMatches(
  project: string,
  edits: readonly (readonly [from: string, to: string])[] = [],
): Promise<void> {
  const path = join(project, 'matches.ts');
  let text = await readFile(path, 'utf8');
  for (const [from, to] of edits) text = text.replace(from, to);
  await writeFile(path, text.replace(/\{ proposed: ('[^']*') \}/g, '$1'));
}

/** All objects of a schema, with owners, grants and comments. */
export async function catalogOf(url: string, schema = 'public'): Promise<readonly CatalogEntry[] | null> {
  const target = await postgres.openTarget?.(url, { schema, settings: {} });
  try {
    return (await target?.inspector.catalog()) ?? null;
  } finally {
    await target?.close();
  }
}
