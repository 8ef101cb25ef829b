import type { CommandModule } from 'yargs';
import { prepareValidation } from '../../operations/run.ts';
import { validators } from '../../validators/index.ts';
import { optionsOf } from '../arguments.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { printResult } from '../output/print-result.ts';
import { withProgress } from '../progress/with-progress.ts';

const checksText = `Checks:\n${validators.map(({ name, proves }) => `  ${name}: ${proves}`).join('\n')}`;

/** `waybill validate`: compares what a run loaded with its source, both as they are now. */
export const validateCommand: CommandModule<object, Arguments<'validate'>> = {
  command: 'validate <pipeline>',
  describe: 'Compare what a run loaded with its source, and write a new report',
  builder: (yargs) => withPipeline(yargs, 'validate').epilogue(checksText),
  handler: async (args) => {
    const outcome = await withProgress(args, args, await prepareValidation(optionsOf(args)));
    await printResult(outcome, args);
  },
};
