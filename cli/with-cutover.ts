import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { Change, LiveOptions } from '../engine/cutover/cutover.ts';
import { logChange } from '../engine/cutover/cutover-events.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { runFolder } from '../engine/journal/run-folder.ts';
import { parametersOf } from './arguments.ts';
import type { RunArguments } from './command-options.ts';
import { confirmTarget } from './confirm-target.ts';
import { openLiveSchemas, targetUrl, tenancyOf } from './connections.ts';
import { printChange } from './output/print-change.ts';
import { loadPipeline } from './pipelines.ts';
import { readPrivateKey } from './signing-keys.ts';

type CutoverArguments = RunArguments<'cutover' | 'rollback' | 'drop'>;

/** A run with its pipeline, and the open schemas of the database that it was loaded into. */
export interface CutoverSession {
  readonly options: LiveOptions;
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
}

/** Opens the target of a run, does the work and closes it. @throws WaybillError 'run-unknown', 'target-unnamed'. */
export async function withCutover<T>(
  args: CutoverArguments,
  work: (session: CutoverSession) => Promise<T>,
): Promise<T> {
  const folder = runFolder(args['runs-dir'], args.run).path;
  const manifest = await readManifest(folder, args.run);
  const pipeline = await loadPipeline(manifest.pipeline);
  const params = parametersOf(pipeline, [], manifest.params);
  const signKey = await readPrivateKey(args['sign-key']);
  await confirmTarget(args);
  const schemas = await openLiveSchemas(targetUrl(args.target, process.env), pipeline, params);
  try {
    const live = args['live-schema'] ?? pipeline.target.schema;
    const tenancy = tenancyOf(pipeline, params);
    const log = { folder, run: args.run, signKey, now: () => new Date() };
    const options: LiveOptions = { run: args.run, pipeline: pipeline.name, live, tenancy, schemas, log };
    return await work({ options, pipeline, params });
  } finally {
    await schemas.close();
  }
}

/** Changes the live schema, prints the result, and records it in the run's event log. */
export function changeLive(
  args: CutoverArguments,
  change: (session: CutoverSession) => Promise<Change>,
): Promise<void> {
  return withCutover(args, async (session) => {
    const done = await change(session);
    printChange(done, args);
    await logChange(session.options.log, done.cutover);
  });
}
