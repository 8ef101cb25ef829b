import type { Pipeline } from '../core/pipeline.ts';
import type { LiveOptions } from '../engine/cutover.ts';
import { readManifest } from '../engine/manifest.ts';
import { runFolder } from '../engine/run-folder.ts';
import { parametersOf, type RunArguments } from './arguments.ts';
import { confirmTarget } from './confirm-target.ts';
import { openLiveSchemas, targetUrl, tenancyOf } from './connections.ts';
import { loadPipeline } from './pipelines.ts';

/** The options of every command that changes what is live. */
export const liveOptionNames = ['target', 'target-database', 'live-schema', 'runs-dir', 'json'] as const;

type LiveArguments = RunArguments<(typeof liveOptionNames)[number]>;

/** A run whose folder was read, and the database that it was loaded into. */
export interface LiveRun {
  readonly options: LiveOptions;
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Opens the target for a run and does the work. @throws WaybillError 'run-unknown', 'target-unnamed'. */
export async function withLiveRun<T>(args: LiveArguments, work: (live: LiveRun) => Promise<T>): Promise<T> {
  const folder = runFolder(args['runs-dir'], args.run).path;
  const manifest = await readManifest(folder, args.run);
  const pipeline = await loadPipeline(manifest.pipeline);
  const params = parametersOf(pipeline, [], manifest.params);
  await confirmTarget(args);
  const schemas = await openLiveSchemas(targetUrl(args.target, process.env), pipeline, params);
  try {
    const live = args['live-schema'] ?? pipeline.target.schema;
    const tenancy = tenancyOf(pipeline, params);
    const options: LiveOptions = { run: args.run, pipeline: pipeline.name, live, tenancy, schemas };
    return await work({ options, pipeline, params, folder });
  } finally {
    await schemas.close();
  }
}
