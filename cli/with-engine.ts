import type { PipelineModule } from '../core/validation/validator.ts';
import type { EngineOptions } from '../engine/options.ts';
import { confirmTarget } from './confirm-target.ts';
import { type EngineArguments, engineOptions } from './engine-options.ts';
import { loadPipeline } from './modules/load-pipeline.ts';
import type { GivenArguments } from './next-command.ts';
import { type ProgressArguments, withProgress } from './progress/with-progress.ts';
import { requireRun, resolveRun } from './resolve-run.ts';

type WorkArguments = EngineArguments & ProgressArguments & GivenArguments;

interface EngineNeeds {
  /** The command writes to the target, so its database must be named. */
  readonly writesTarget: boolean;
  /** Arguments that the resume command repeats, if not all. */
  readonly given?: GivenArguments;
}

/** Runs a command that may begin a run: checks its arguments, opens progress and signals, and calls the engine. */
export async function withEngine<T>(
  args: WorkArguments,
  { writesTarget, given = args }: EngineNeeds,
  work: (options: EngineOptions, pipeline: PipelineModule) => Promise<T>,
): Promise<T> {
  await requireRun(args);
  const pipeline = await loadPipeline(args.pipeline);
  if (writesTarget) await confirmTarget(args);
  const options = await engineOptions(pipeline, args);
  return withProgress(args, given, (hooks) => work({ ...options, ...hooks }, pipeline));
}

/** Runs a command that continues a run, which is `--run` or else the newest one of the pipeline. */
export async function withEngineOfRun<T>(
  args: WorkArguments,
  { writesTarget, given = args }: EngineNeeds,
  work: (options: EngineOptions & { readonly run: string }, pipeline: PipelineModule) => Promise<T>,
): Promise<T> {
  const pipeline = await loadPipeline(args.pipeline);
  if (writesTarget) await confirmTarget(args);
  const run = await resolveRun(args, pipeline);
  const options = await engineOptions(pipeline, { ...args, run });
  return withProgress(args, given, (hooks) => work({ ...options, ...hooks, run }, pipeline));
}
