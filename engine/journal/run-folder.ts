import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';
import { diskError } from './atomic-file.ts';
import { eventsFile } from './events.ts';
import { headFile } from './log-head.ts';

/** Where a run keeps its manifest, parts, records and report; all of it private to the user. */
export interface RunFolder {
  readonly run: string;
  readonly path: string;
  readonly exportPath: string;
  readonly transformPath: string;
  readonly recordsPath: string;
}

export function runFolder(runsPath: string, run: string): RunFolder {
  const path = join(runsPath, run);
  return {
    run,
    path,
    exportPath: join(path, 'export'),
    transformPath: join(path, 'transform'),
    recordsPath: join(path, 'records'),
  };
}

/** Tells which runs there are instead. */
export async function unknownRun(runsPath: string, run: string, cause?: unknown): Promise<WaybillError> {
  return new WaybillError('run-unknown', `There is no run ${run}.`, { hint: await hintOfRuns(runsPath), cause });
}

/** Names the newest runs, of which one may be meant. */
export async function hintOfRuns(runsPath: string): Promise<string> {
  const runs = (await listRuns(runsPath)).slice(-5);
  if (runs.length === 0) return `There is none in ${runsPath}; say where with --runs-dir.`;
  return `Name one that is in ${runsPath}, as ${runs.join(', ')}; or say where it is with --runs-dir.`;
}

/** `20261121-030812-4f1c`: sorts by time, and two started in one second differ. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return `${digits.slice(0, 8)}-${digits.slice(8)}-${randomBytes(2).toString('hex')}`;
}

/** @throws WaybillError 'run-locked' when the run exists, 'configuration' when the id is no plain name or the folder cannot be made, 'disk-full'. */
export async function createRunFolder(runsPath: string, run: string): Promise<RunFolder> {
  if (!/^[\w.-]+$/.test(run) || run.startsWith('.')) {
    throw new WaybillError('configuration', 'A run id is made of letters, digits, dots, dashes and underscores.', {
      hint: 'Choose another --run.',
    });
  }
  const folder = runFolder(runsPath, run);
  if (existsSync(join(folder.path, 'manifest.json'))) {
    throw new WaybillError('run-exists', `There is a run called ${run} already.`, {
      hint: 'Choose another --run, or go on with that one by --resume.',
    });
  }
  try {
    await mkdir(folder.recordsPath, { recursive: true, mode: 0o700 });
  } catch (error) {
    const cause = diskError(folder.path, error);
    if (cause instanceof WaybillError) throw cause;
    throw new WaybillError('configuration', `The run folder ${folder.path} cannot be made.`, {
      hint: 'Check the permissions, or choose another place with --runs-dir.',
      cause,
    });
  }
  return folder;
}

/** Takes back what `createRunFolder`, the log and a first manifest made; anything else stays, and the folder with it. */
export async function removeRunFolder({ path, recordsPath }: RunFolder): Promise<void> {
  for (const file of ['manifest.json', 'events.jsonl']) await rm(join(path, file), { force: true });
  await rmdir(recordsPath).catch(() => undefined);
  await rmdir(path).catch(() => undefined);
}

/** Run ids, oldest first; a folder without a manifest is no run. */
export async function listRuns(runsPath: string): Promise<string[]> {
  const entries = await readdir(runsPath, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((e) => e.isDirectory() && existsSync(join(runsPath, e.name, 'manifest.json')))
    .map((e) => e.name)
    .sort();
}
/** Paths of all files in a run folder, with `/`, but for the event log and its head. */

export async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== eventsFile && path !== headFile && path !== `${headFile}.partial`);
}
/** `c01.tbl_customer > customers` → `customers.from.c01.tbl_customer`, which a file system takes. */
export function mappingFolder(mapping: string): string {
  const [from, to] = mapping.split(' > ');
  return `${to}.from.${from}`;
}
