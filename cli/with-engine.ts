import type { PipelineModule } from '../core/validation/validator.ts';
import type { EngineOptions } from '../engine/options.ts';
import { prepareNew, prepareOfRun, type TargetNeeds } from '../operations/prepare.ts';
import { optionsOf } from './arguments.ts';
import { askDatabase } from './ask.ts';
import type { Arguments } from './command-options.ts';
import type { GivenArguments } from './next-command.ts';
import { type ProgressArguments, withProgress } from './progress/with-progress.ts';

type WorkArguments = Partial<Arguments<'run'>> & { pipeline: string } & ProgressArguments & GivenArguments;
type Needs = Pick<TargetNeeds, 'writesTarget'>;

/** Runs a command that may begin a run: checks its arguments, opens progress and signals, and calls the engine. */
export async function withEngine<T>(
  args: WorkArguments,
  needs: Needs,
  work: (options: EngineOptions, pipeline: PipelineModule) => Promise<T>,
): Promise<T> {
  return withProgress(args, args, await prepareNew(optionsOf(args), { ...needs, ask: askDatabase }, work));
}

/** Runs a command that continues a run, which is `--run` or else the newest one of the pipeline. */
export async function withEngineOfRun<T>(
  args: WorkArguments,
  needs: Needs,
  work: (options: EngineOptions & { readonly run: string }, pipeline: PipelineModule) => Promise<T>,
): Promise<T> {
  return withProgress(args, args, await prepareOfRun(optionsOf(args), { ...needs, ask: askDatabase }, work));
}
