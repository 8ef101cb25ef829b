import { readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WaybillError } from '../core/model/errors.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { type GeneratedFiles, leftBehindFolder, schemaFolder } from './project.ts';
import { generatedFolder } from './read-project.ts';

/** Writes the files of a new project. @throws WaybillError 'configuration' when the folder is not empty. */
export async function writeProject(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) {
    throw new WaybillError('configuration', `${folder} is not empty.`, {
      hint: `Name another folder, or make the generated part again with: waybill pull ${folder}`,
    });
  }
  await makeFolder(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** A run folder is readable by its user alone, and a copy keeps its project there. */
const mode = 0o600;

/** Writes the generated part of a project, in place of the one that is there. */
export async function writeGenerated(folder: string, files: GeneratedFiles): Promise<void> {
  const generated = join(folder, generatedFolder);
  for (const made of [schemaFolder, leftBehindFolder])
    await rm(join(generated, made), { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    const path = join(generated, name);
    await makeFolder(dirname(path));
    await writeFile(path, text, { mode });
  }
}
