import type { CommandModule } from 'yargs';
import { validateRun } from '../../engine/stages/commands.ts';
import { validators } from '../../validators/index.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { engineOptions } from '../engine-options.ts';
import { printResult } from '../output/print-result.ts';
import { writeReport } from '../output/write-report.ts';
import { loadPipeline } from '../pipelines.ts';
import { watchOptions, withProgress } from '../progress/with-progress.ts';
import { resolveRun } from '../resolve-run.ts';

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

const checksText = `Checks:\n${validators.map(({ name, proves }) => `  ${name}: ${proves}`).join('\n')}`;

/** `waybill validate`: what a run loaded against its source, as both are now. */
export const validateCommand: CommandModule<object, ValidateArguments> = {
  command: 'validate <pipeline>',
  describe: 'Compare what a run loaded with its source and write the report again',
  builder: (yargs) => withOptions(yargs, optionNames).epilogue(checksText),
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const options = await engineOptions(pipeline, { ...args, run: await resolveRun(args) });
    const result = await withProgress(args, { run: args.run }, (hooks) =>
      validateRun({
        ...options,
        ...hooks,
        validators: [...validators, ...(pipeline.validators ?? [])],
        writeReport,
      }),
    );
    await printResult(result, args.json);
  },
};
