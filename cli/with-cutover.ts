import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { Change, LiveOptions } from '../engine/cutover/cutover.ts';
import { logChange } from '../engine/cutover/cutover-events.ts';
import { readHead } from '../engine/journal/log-head.ts';
import { type Manifest, readManifest } from '../engine/journal/manifest.ts';
import { runFolder } from '../engine/journal/run-folder.ts';
import { parametersOf } from './arguments.ts';
import type { RunArguments } from './command-options.ts';
import { confirmTarget } from './confirm-target.ts';
import { openLiveSchemas, targetUrl, tenancyOf } from './connections.ts';
import { loadPipeline } from './modules/load-pipeline.ts';
import { printChange } from './output/print-change.ts';
import { readPrivateKey } from './signing-keys.ts';

type CutoverArguments = RunArguments<'cutover' | 'rollback' | 'drop'>;

/** A run with its pipeline, and the open schemas of the database that it was loaded into. */
export interface CutoverSession {
  readonly options: LiveOptions;
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  readonly manifest: Manifest;
}

/** Opens the target of a run, does the work and closes it. @throws WaybillError 'run-unknown', 'target-unnamed'. */
export async function withCutover<T>(
  args: CutoverArguments,
  work: (session: CutoverSession) => Promise<T>,
): Promise<T> {
  const folder = runFolder(args['runs-dir'], args.run).path;
  const manifest = await readManifest(folder, args.run);
  const pipeline = await loadPipeline(manifest.module ?? manifest.pipeline);
  const params = parametersOf(pipeline, [], manifest.params);
  const signKey = await readPrivateKey(args['sign-key']);
  if (signKey === null && !args.unsigned) await refuseUnsigned(folder, args.run);
  await confirmTarget(args);
  const schemas = await openLiveSchemas(targetUrl(args.target, process.env), pipeline, params);
  try {
    const live = args['live-schema'] ?? pipeline.target.schema;
    const tenancy = tenancyOf(pipeline, params);
    const log = { folder, run: args.run, signKey, now: () => new Date() };
    const options: LiveOptions = { run: args.run, pipeline: pipeline.name, live, tenancy, schemas, log };
    return await work({ options, pipeline, params, manifest });
  } finally {
    await schemas.close();
  }
}

/** @throws WaybillError 'usage' when the run is signed: the events of a command without a key would not be. */
async function refuseUnsigned(folder: string, run: string): Promise<void> {
  const head = await readHead(folder);
  if (head === null || head === 'unreadable' || head.signature === null) return;
  throw new WaybillError('usage', `Run ${run} is signed, and this command has no key to sign what it records.`, {
    hint: 'Give the key with --sign-key, or leave what this command records unsigned with --unsigned.',
  });
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
