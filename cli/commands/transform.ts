import type { CommandModule } from 'yargs';
import { transformRun } from '../../engine/stages/commands.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { engineOptions } from '../engine-options.ts';
import { printStage } from '../output/print-stage.ts';
import { loadPipeline } from '../pipelines.ts';
import { watchOptions, withProgress } from '../progress/with-progress.ts';

const optionNames = [
  'source',
  'param',
  'tables',
  'run',
  'runs-dir',
  'max-rejects',
  'silence-timeout',
  'part-rows',
  'jobs',
  'reference',
  'check-rows',
  'gzip',
  'sign-key',
  'json',
  ...watchOptions,
] as const;
type TransformArguments = Arguments<(typeof optionNames)[number]>;

/** `waybill transform`: JSON Lines → JSON Lines. */
export const transformCommand: CommandModule<object, TransformArguments> = {
  command: 'transform <pipeline>',
  describe: 'Map the export of --run, or any --source, to rows of the target, as JSON Lines',
  builder: (yargs) => withOptions(yargs, optionNames),
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const options = await engineOptions(pipeline, args);
    const result = await withProgress(args, { run: args.run }, (hooks) => transformRun({ ...options, ...hooks }));
    printStage(result, `waybill import ${args.pipeline} --run ${result.run}`, args);
  },
};
