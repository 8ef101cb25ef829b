import type { CommandModule } from 'yargs';
import { shadowOf } from '../../core/schema-names.ts';
import { importRun } from '../../engine/stages/stage-runs.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { printStage } from '../output/print-stage.ts';
import { withEngineOfRun } from '../with-engine.ts';

/** `waybill import`: JSON Lines → COPY. */
export const importCommand: CommandModule<object, Arguments<'import'>> = {
  command: 'import <pipeline>',
  describe: 'Load the transformed rows of a run into the target and build its constraints',
  builder: (yargs) => withPipeline(yargs, 'import'),
  handler: async (args) => {
    const result = await withEngineOfRun(args, { writesTarget: true }, (options, { target }) =>
      importRun(options, args['target-schema'] ?? shadowOf(target.schema)),
    );
    printStage(result, `waybill validate ${args.pipeline} --run ${result.run}`, args);
  },
};
