import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { WaybillError } from '../core/errors.ts';
import { hintOfRuns, unknownRun } from '../engine/run-folder.ts';

/** @throws WaybillError 'usage' when `--resume` is given without `--run`. */
export async function requireRun(args: {
  resume: boolean;
  run?: string | undefined;
  'runs-dir': string;
}): Promise<void> {
  if (!args.resume || args.run !== undefined) return;
  throw new WaybillError('usage', '--resume needs to know which run.', {
    hint: `Add --run. ${await hintOfRuns(args['runs-dir'])}`,
  });
}

/** @throws WaybillError 'run-unknown' when the run has no folder. */
export async function requireFolder(folder: string, run: string): Promise<void> {
  if (existsSync(folder)) return;
  throw await unknownRun(dirname(folder), run);
}
