import type { CommandModule } from 'yargs';
import { shadowOf } from '../../core/schema-names.ts';
import { importRun } from '../../engine/stages.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { confirmTarget } from '../confirm-target.ts';
import { engineOptions, progressFor } from '../engine-options.ts';
import { loadPipeline } from '../pipelines.ts';
import { printStage } from '../print-stage.ts';
import { stoppable } from '../stoppable.ts';
import { theRun } from '../the-run.ts';

const optionNames = [
  'target',
  'target-database',
  'target-schema',
  'param',
  'run',
  'runs-dir',
  'max-rejects',
  'part-rows',
  'jobs',
  'reference',
  'json',
  'quiet',
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
    const progress = progressFor(args.quiet);
    const run = await theRun(args);
    const options = await engineOptions(pipeline, { ...args, run }, progress);
    const schema = args['target-schema'] ?? shadowOf(pipeline.target.schema);
    const result = await stoppable({ run: args.run }, progress, (hooks) => importRun({ ...options, ...hooks }, schema));
    printStage(result, `waybill validate ${args.pipeline} --run ${result.run}`, args.json);
  },
};
