import type { CommandModule } from 'yargs';
import { shadowOf } from '../../core/schema-names.ts';
import { importRun } from '../../engine/stages/commands.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { confirmTarget } from '../confirm-target.ts';
import { engineOptions } from '../engine-options.ts';
import { printStage } from '../output/print-stage.ts';
import { loadPipeline } from '../pipelines.ts';
import { watchOptions, withProgress } from '../progress/with-progress.ts';
import { resolveRun } from '../resolve-run.ts';

const optionNames = [
  'target',
  'target-database',
  'target-schema',
  'param',
  'run',
  'runs-dir',
  'max-rejects',
  'silence-timeout',
  'part-rows',
  'jobs',
  'reference',
  'sign-key',
  'json',
  ...watchOptions,
] as const;
type ImportArguments = Arguments<(typeof optionNames)[number]>;

/** `waybill import`: JSON Lines → COPY. */
export const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <pipeline>',
  describe: 'Load the transformed rows of a run into the target, then build its constraints',
  builder: (yargs) => withOptions(yargs, optionNames),
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    await confirmTarget(args);
    const run = await resolveRun(args);
    const options = await engineOptions(pipeline, { ...args, run });
    const schema = args['target-schema'] ?? shadowOf(pipeline.target.schema);
    const result = await withProgress(args, { run: args.run }, (hooks) => importRun({ ...options, ...hooks }, schema));
    printStage(result, `waybill validate ${args.pipeline} --run ${result.run}`, args);
  },
};
