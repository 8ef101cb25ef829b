import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { PipelineModule } from '../core/validation/validator.ts';
import type { Change, Confirm, LiveOptions } from '../engine/cutover/cutover.ts';
import { logChange } from '../engine/cutover/cutover-events.ts';
import { readHead } from '../engine/journal/log-head.ts';
import { type Manifest, readManifest } from '../engine/journal/manifest.ts';
import { runFolder } from '../engine/journal/run-folder.ts';
import { type AskDatabase, confirmTarget } from './confirm-target.ts';
import { openLiveSchemas, targetUrl, tenancyOf } from './connections.ts';
import { runCommandOf } from './evidence/run-command.ts';
import { readPrivateKey } from './evidence/signing-keys.ts';
import { loadPipeline } from './modules/load-pipeline.ts';
import { parametersOf } from './option-values.ts';
import { defaultRunsDir, type Environment, type RunsOptions, type TargetOptions } from './options.ts';

/** The options of what changes live schemas. */
export interface LiveSchemaOptions extends TargetOptions, RunsOptions {
  readonly run: string;
  /** Needed for a run of a pipeline that was passed itself; the run's folder names any other. */
  readonly pipeline?: string | PipelineModule | undefined;
  /** The live schema; the pipeline's schema by default. */
  readonly liveSchema?: string | undefined;
  /** Record the change without a signature in a run that is signed. */
  readonly unsigned?: boolean | undefined;
  /** Empty by default; the command line passes `process.env`. */
  readonly environment?: Environment | undefined;
}

/** A run with its pipeline, and the open schemas of the database that it was loaded into. */
export interface LiveSession {
  readonly options: LiveOptions;
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  readonly manifest: Manifest;
}

/** What a change of live schemas asks of a person. */
export interface AskPerson {
  readonly ask?: AskDatabase | undefined;
  readonly confirm?: Confirm | undefined;
}

/** Opens the target of a run, does the work and closes it. @throws WaybillError 'run-unknown', 'target-unnamed'. */
export async function withLiveSchemas<T>(
  given: LiveSchemaOptions,
  { ask, confirm }: AskPerson,
  work: (session: LiveSession) => Promise<T>,
): Promise<T> {
  const { run, runsDir = defaultRunsDir, environment = {} } = given;
  const folder = runFolder(runsDir, run).path;
  const manifest = await readManifest(folder, run);
  const pipeline = await loadPipeline(given.pipeline ?? manifest.module ?? manifest.pipeline);
  const params = parametersOf(pipeline, {}, manifest.params);
  const signKey = await readPrivateKey(given.signKey);
  if (signKey === null && given.unsigned !== true) await refuseUnsigned(folder, run);
  await confirmTarget(given, ask);
  const schemas = await openLiveSchemas(targetUrl(given.target, environment), pipeline, params);
  try {
    const live = given.liveSchema ?? pipeline.target.schema;
    const tenancy = tenancyOf(pipeline, params);
    const log = { folder, run, signKey, now: () => new Date(), by: runCommandOf(given) };
    const options: LiveOptions = { run, pipeline: pipeline.name, live, tenancy, schemas, confirm, log };
    return await work({ options, pipeline, params, manifest });
  } finally {
    await schemas.close();
  }
}

/** Changes the live schema, and records the change in the run's event log. */
export function changeLive(
  given: LiveSchemaOptions,
  ask: AskPerson,
  change: (session: LiveSession) => Promise<Change>,
): Promise<Change> {
  return withLiveSchemas(given, ask, async (session) => {
    const done = await change(session);
    await logChange(session.options.log, done.cutover);
    return done;
  });
}

/** @throws WaybillError 'usage' when the run is signed: the events of a command without a key would not be. */
async function refuseUnsigned(folder: string, run: string): Promise<void> {
  const head = await readHead(folder);
  if (head === null || head === 'unreadable' || head.signature === null) return;
  throw new WaybillError('usage', `Run ${run} is signed, and this command has no key to sign what it records.`, {
    hint: 'Give the key with --sign-key, or leave what this command records unsigned with --unsigned.',
  });
}
