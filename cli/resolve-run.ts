import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { hintOfRuns, listRuns, runFolder, unknownRun } from '../engine/journal/run-folder.ts';

/**
 * Resolves the run of a command: `--run`, else the newest run of the pipeline.
 * @throws WaybillError 'run-unknown' when there is none.
 */
export async function resolveRun(
  args: { readonly pipeline: string; readonly run?: string | undefined; readonly 'runs-dir': string },
  { name }: Pick<Pipeline, 'name'>,
): Promise<string> {
  if (args.run !== undefined) {
    await readManifest(runFolder(args['runs-dir'], args.run).path, args.run);
    return args.run;
  }
  for (const run of (await listRuns(args['runs-dir'])).reverse()) {
    const manifest = await readManifest(runFolder(args['runs-dir'], run).path, run).catch(() => null);
    if (manifest?.pipeline === name) return run;
  }
  throw new WaybillError('run-unknown', `There is no run of ${args.pipeline} in ${args['runs-dir']}.`, {
    hint: `Begin one with: waybill run ${args.pipeline}`,
  });
}

/** @throws WaybillError 'usage' when `--resume` is given without `--run`. */
export async function requireRun(args: {
  readonly resume?: boolean | undefined;
  readonly run?: string | undefined;
  readonly 'runs-dir': string;
}): Promise<void> {
  if (args.resume !== true || args.run !== undefined) return;
  throw new WaybillError('usage', '--resume needs --run.', {
    hint: `Add --run. ${await hintOfRuns(args['runs-dir'])}`,
  });
}

/** @throws WaybillError 'run-unknown' when the run has no folder. */
export async function requireFolder(folder: string, run: string): Promise<void> {
  if (existsSync(folder)) return;
  throw await unknownRun(dirname(folder), run);
}
