import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { makeFolder } from '../../storage/make-folder.ts';
import { eventsFile } from './events.ts';
import { headFile } from './log-head.ts';
import { diskError } from './run-file.ts';

/** The folder with a run's manifest, parts, records and report. Only the user can read it. */
export interface RunFolder {
  readonly run: string;
  readonly path: string;
  readonly exportPath: string;
  readonly transformPath: string;
  readonly recordsPath: string;
}

/** Returns the paths of a run's folder, whether or not it exists. */
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

/** The error for a run that does not exist; its hint names the runs that do. */
export async function unknownRun(runsPath: string, run: string, cause?: unknown): Promise<WaybillError> {
  const meant = nearestName(run, await listRuns(runsPath));
  const hint = `${meant === null ? '' : `Did you mean ${meant}? `}${await hintOfRuns(runsPath)}`;
  return new WaybillError('run-unknown', `There is no run ${run}.`, { hint, cause });
}

/** A hint that names the newest runs. */
export async function hintOfRuns(runsPath: string): Promise<string> {
  const runs = (await listRuns(runsPath)).slice(-5);
  if (runs.length === 0) return `${runsPath} has no runs. Name another directory with --runs-dir.`;
  return `The newest runs in ${runsPath}: ${runs.join(', ')}. Or name another directory with --runs-dir.`;
}

/** Makes an id such as `20261121-030812-4f1c`. Ids sort by time, and two runs started in the same second differ. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return `${digits.slice(0, 8)}-${digits.slice(8)}-${randomBytes(2).toString('hex')}`;
}

/**
 * Creates the folder of a new run.
 * @throws WaybillError 'run-exists' when the run exists, 'configuration' when the id is not a plain name or the folder cannot
 *   be created, 'disk-full'.
 */
export async function createRunFolder(runsPath: string, run: string): Promise<RunFolder> {
  if (!/^[\w.-]+$/.test(run) || run.startsWith('.')) {
    throw new WaybillError('configuration', 'A run id consists of letters, digits, dots, dashes and underscores.', {
      hint: 'Choose another --run.',
    });
  }
  const folder = runFolder(runsPath, run);
  if (existsSync(join(folder.path, 'manifest.json'))) {
    throw new WaybillError('run-exists', `Run ${run} already exists.`, {
      hint: 'Choose another --run, or resume that run with --resume.',
    });
  }
  try {
    await makeFolder(folder.recordsPath);
  } catch (error) {
    const cause = diskError(folder.path, error);
    if (cause instanceof WaybillError) throw cause;
    throw new WaybillError('configuration', `The run folder ${folder.path} cannot be created.`, {
      hint: 'Check the permissions, or choose another directory with --runs-dir.',
      cause,
    });
  }
  return folder;
}

/** Removes a run folder that holds only the log, the first manifest, the inventory and its project. A folder with anything else in it stays. */
export async function removeRunFolder({ path, recordsPath }: RunFolder): Promise<void> {
  for (const file of ['manifest.json', 'events.jsonl', 'inventory.json']) await rm(join(path, file), { force: true });
  await rm(join(path, 'project'), { recursive: true, force: true });
  await rmdir(recordsPath).catch(() => undefined);
  await rmdir(path).catch(() => undefined);
}

/** Lists the run ids, oldest first. A folder without a manifest is not a run. */
export async function listRuns(runsPath: string): Promise<string[]> {
  const entries = await readdir(runsPath, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((e) => e.isDirectory() && existsSync(join(runsPath, e.name, 'manifest.json')))
    .map((e) => e.name)
    .sort();
}

/** Lists the files in a run folder except the event log and its head, as relative paths with `/`. */
export async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== eventsFile && path !== headFile && path !== `${headFile}.partial`);
}

/** Names the folder of a mapping: `c01.tbl_customer > customers` → `customers.from.c01.tbl_customer`. */
export function mappingFolder(mapping: string): string {
  const [from, to] = mapping.split(' > ');
  return `${to}.from.${from}`;
}
