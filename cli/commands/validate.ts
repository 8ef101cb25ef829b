import type { CommandModule } from 'yargs';
import { validateRun } from '../../engine/stages.ts';
import { validators } from '../../validators/index.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { engineOptions } from '../engine-options.ts';
import { loadPipeline } from '../pipelines.ts';
import { finish } from '../result.ts';
import { theRun } from '../the-run.ts';
import { watched, watchOptions } from '../watched.ts';
import { writeReport } from '../write-report.ts';

const optionNames = [
  'source',
  'target',
  'param',
  'run',
  'runs-dir',
  'silence-timeout',
  'jobs',
  'reference',
  'sign-key',
  'json',
  ...watchOptions,
] as const;
type ValidateArguments = Arguments<(typeof optionNames)[number]>;

/** `waybill validate`: what a run loaded against its source, as both are now. */
export const validateCommand: CommandModule<object, ValidateArguments> = {
  command: 'validate <pipeline>',
  describe: 'Compare what a run loaded with its source and write the report again',
  builder: (yargs) => withOptions(yargs, optionNames),
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const options = await engineOptions(pipeline, { ...args, run: await theRun(args) });
    const result = await watched(args, { run: args.run }, (hooks) =>
      validateRun({
        ...options,
        ...hooks,
        validators: [...validators, ...(pipeline.validators ?? [])],
        writeReport,
      }),
    );
    await finish(result, args.json);
  },
};
