import type { CommandModule } from 'yargs';
import { transformRun } from '../../engine/stages/stage-runs.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { printStage } from '../output/print-stage.ts';
import { withEngine } from '../with-engine.ts';

/** `waybill transform`: JSON Lines → JSON Lines. */
export const transformCommand: CommandModule<object, Arguments<'transform'>> = {
  command: 'transform <pipeline>',
  describe: 'Map the export of --run, or another --source, to target rows as JSON Lines',
  builder: (yargs) => withPipeline(yargs, 'transform'),
  handler: async (args) => {
    const result = await withEngine(args, { writesTarget: false }, transformRun);
    printStage(result, `waybill import ${args.pipeline} --run ${result.run}`, args);
  },
};
