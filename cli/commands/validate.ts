import type { CommandModule } from 'yargs';
import { validateRun } from '../../engine/stages/stage-runs.ts';
import { validators } from '../../validators/index.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { printResult } from '../output/print-result.ts';
import { writeReport } from '../output/write-report.ts';
import { withEngineOfRun } from '../with-engine.ts';

const checksText = `Checks:\n${validators.map(({ name, proves }) => `  ${name}: ${proves}`).join('\n')}`;

/** `waybill validate`: compares what a run loaded with its source, both as they are now. */
export const validateCommand: CommandModule<object, Arguments<'validate'>> = {
  command: 'validate <pipeline>',
  describe: 'Compare what a run loaded with its source, and write a new report',
  builder: (yargs) => withPipeline(yargs, 'validate').epilogue(checksText),
  handler: async (args) => {
    const result = await withEngineOfRun(args, { writesTarget: false }, (options, pipeline) =>
      validateRun({ ...options, validators: [...validators, ...(pipeline.validators ?? [])], writeReport }),
    );
    await printResult(result, args.json);
  },
};
