import type { PipelineModule, Validator } from '../core/validation/validator.ts';
import type { EngineOptions } from '../engine/options.ts';
import { validators } from '../validators/index.ts';
import { type AskDatabase, confirmTarget } from './confirm-target.ts';
import { engineOptions } from './engine-options.ts';
import { loadPipeline } from './modules/load-pipeline.ts';
import type { EngineArguments, LoadOptions } from './options.ts';
import { requireRun, resolveRun } from './resolve-run.ts';

/** How a run reports what it does, and how it is asked to stop. */
export type RunHooks = Pick<EngineOptions, 'progress' | 'onRun' | 'shouldStop'>;

/** What is begun once its options are checked: nothing has happened before it is called. */
export type Prepared<T> = (hooks: RunHooks) => Promise<T>;

/** What an operation asks of its target. */
export interface TargetNeeds {
  /** The target is written to, so its database must be named. */
  readonly writesTarget: boolean;
  readonly ask?: AskDatabase | undefined;
}

/** Prepares what may begin a run: checks its options and loads its pipeline. */
export async function prepareNew<T>(
  options: EngineArguments & LoadOptions,
  { writesTarget, ask }: TargetNeeds,
  work: (options: EngineOptions, pipeline: PipelineModule) => Promise<T>,
): Promise<Prepared<T>> {
  await requireRun(options);
  const pipeline = await loadPipeline(options.pipeline);
  if (writesTarget) await confirmTarget(options, ask);
  const engine = await engineOptions(pipeline, options);
  return (hooks) => work({ ...engine, ...hooks }, pipeline);
}

/** Prepares what continues a run, which is the one that is named or else the newest one of the pipeline. */
export async function prepareOfRun<T>(
  options: EngineArguments & LoadOptions,
  { writesTarget, ask }: TargetNeeds,
  work: (options: EngineOptions & { readonly run: string }, pipeline: PipelineModule) => Promise<T>,
): Promise<Prepared<T>> {
  const pipeline = await loadPipeline(options.pipeline);
  if (writesTarget) await confirmTarget(options, ask);
  const run = await resolveRun(options, pipeline);
  const engine = await engineOptions(pipeline, { ...options, run });
  return (hooks) => work({ ...engine, ...hooks, run }, pipeline);
}

/** The checks of a pipeline: those that every pipeline has, then its own. */
export function validatorsOf(pipeline: PipelineModule): readonly Validator[] {
  return [...validators, ...(pipeline.validators ?? [])];
}
