import { WaybillError } from '../core/errors.ts';
import { readManifest } from '../engine/manifest.ts';
import { listRuns, runFolder } from '../engine/run-folder.ts';

/**
 * The run that a command means: `--run`, else the newest one of the pipeline.
 * @throws WaybillError 'run-unknown' when there is none.
 */
export async function theRun(args: {
  pipeline: string;
  run?: string | undefined;
  'runs-dir': string;
}): Promise<string> {
  if (args.run !== undefined) {
    await readManifest(runFolder(args['runs-dir'], args.run).path, args.run);
    return args.run;
  }
  for (const run of (await listRuns(args['runs-dir'])).reverse()) {
    const manifest = await readManifest(runFolder(args['runs-dir'], run).path, run).catch(() => null);
    if (manifest?.pipeline === args.pipeline) return run;
  }
  throw new WaybillError('run-unknown', `There is no run of ${args.pipeline} in ${args['runs-dir']}.`, {
    hint: `Begin one with: waybill run ${args.pipeline}`,
  });
}
