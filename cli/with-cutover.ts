import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { Change, LiveOptions } from '../engine/cutover/cutover.ts';
import { logChange } from '../engine/cutover/cutover-events.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { runFolder } from '../engine/journal/run-folder.ts';
import { parametersOf, type RunArguments } from './arguments.ts';
import { confirmTarget } from './confirm-target.ts';
import { openLiveSchemas, targetUrl, tenancyOf } from './connections.ts';
import { signKey } from './keys.ts';
import { printChange } from './output/print-change.ts';
import { loadPipeline } from './pipelines.ts';

/** The options of every command that changes what is live. */
export const cutoverOptionNames = ['target', 'target-database', 'live-schema', 'runs-dir', 'sign-key', 'json'] as const;

type LiveArguments = RunArguments<(typeof cutoverOptionNames)[number]>;

/** A run whose folder was read, and the database that it was loaded into. */
export interface CutoverSession {
  readonly options: LiveOptions;
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
}

/** Opens the target for a run and does the work. @throws WaybillError 'run-unknown', 'target-unnamed'. */
export async function withCutover<T>(args: LiveArguments, work: (live: CutoverSession) => Promise<T>): Promise<T> {
  const folder = runFolder(args['runs-dir'], args.run).path;
  const manifest = await readManifest(folder, args.run);
  const pipeline = await loadPipeline(manifest.pipeline);
  const params = parametersOf(pipeline, [], manifest.params);
  const key = await signKey(args['sign-key']);
  await confirmTarget(args);
  const schemas = await openLiveSchemas(targetUrl(args.target, process.env), pipeline, params);
  try {
    const live = args['live-schema'] ?? pipeline.target.schema;
    const tenancy = tenancyOf(pipeline, params);
    const log = { folder, run: args.run, signKey: key, now: () => new Date() };
    const options: LiveOptions = { run: args.run, pipeline: pipeline.name, live, tenancy, schemas, log };
    return await work({ options, pipeline, params });
  } finally {
    await schemas.close();
  }
}

/** Does what changes what is live, prints what it came to, and tells the run's event log. */
export function changeLive(args: LiveArguments, change: (live: CutoverSession) => Promise<Change>): Promise<void> {
  return withCutover(args, async (live) => {
    const done = await change(live);
    printChange(done, args);
    await logChange(live.options.log, done.cutover);
  });
}
