import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { hintOfRuns, listRuns, runFolder, unknownRun } from '../engine/journal/run-folder.ts';
import { defaultRunsDir, type EngineArguments } from './options.ts';

/**
 * Resolves the run of a command: the one that is named, else the newest run of the pipeline.
 * @throws WaybillError 'run-unknown' when there is none.
 */
export async function resolveRun(
  { pipeline, run, runsDir = defaultRunsDir }: Pick<EngineArguments, 'pipeline' | 'run' | 'runsDir'>,
  { name }: Pick<Pipeline, 'name'>,
): Promise<string> {
  if (run !== undefined) {
    await readManifest(runFolder(runsDir, run).path, run);
    return run;
  }
  for (const each of (await listRuns(runsDir)).reverse()) {
    const manifest = await readManifest(runFolder(runsDir, each).path, each).catch(() => null);
    if (manifest?.pipeline === name) return each;
  }
  const called = typeof pipeline === 'string' ? pipeline : name;
  throw new WaybillError('run-unknown', `There is no run of ${called} in ${runsDir}.`, {
    hint: `Begin one with: waybill run ${called}`,
  });
}

/** @throws WaybillError 'usage' when a run is to be resumed that is not named. */
export async function requireRun(options: Pick<EngineArguments, 'resume' | 'run' | 'runsDir'>): Promise<void> {
  const { resume, run, runsDir = defaultRunsDir } = options;
  if (resume !== true || run !== undefined) return;
  throw new WaybillError('usage', '--resume needs --run.', { hint: `Add --run. ${await hintOfRuns(runsDir)}` });
}

/** @throws WaybillError 'run-unknown' when the run has no folder. */
export async function requireFolder(folder: string, run: string): Promise<void> {
  if (existsSync(folder)) return;
  throw await unknownRun(dirname(folder), run);
}
