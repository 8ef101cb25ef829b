import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { WaybillError } from '../core/errors.ts';

/** @throws WaybillError 'usage' when `--resume` is given without `--run`. */
export function requireRun(args: { resume: boolean; run?: string | undefined; 'runs-dir': string }): void {
  if (!args.resume || args.run !== undefined) return;
  throw new WaybillError('usage', '--resume needs to know which run.', {
    hint: `Add --run with the id that the stopped run printed; list the runs with: ls ${args['runs-dir']}`,
  });
}

/** @throws WaybillError 'run-unknown' when the run has no folder. */
export function requireFolder(folder: string, run: string): void {
  if (existsSync(folder)) return;
  throw new WaybillError('run-unknown', `There is no run ${run}.`, {
    hint: `List the runs with: ls ${dirname(folder)}`,
  });
}
