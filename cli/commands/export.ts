import type { CommandModule } from 'yargs';
import { exportRun } from '../../engine/stages/stage-runs.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { printStage } from '../output/print-stage.ts';
import { withEngine } from '../with-engine.ts';

/** `waybill export`: source → JSON Lines. */
export const exportCommand: CommandModule<object, Arguments<'export'>> = {
  command: 'export <pipeline>',
  describe: 'Write the source as a JSON Lines directory, which can itself be a source',
  builder: (yargs) => withPipeline(yargs, 'export'),
  handler: async (args) => {
    const result = await withEngine(args, { writesTarget: false }, exportRun);
    printStage(result, `waybill transform ${args.pipeline} --run ${result.run}`, args);
  },
};
