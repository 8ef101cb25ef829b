import type { CommandModule } from 'yargs';
import { exportRun } from '../../engine/stages/commands.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { engineOptions } from '../engine-options.ts';
import { printStage } from '../output/print-stage.ts';
import { loadPipeline } from '../pipelines.ts';
import { watchOptions, withProgress } from '../progress/with-progress.ts';
import { requireRun } from '../resolve-run.ts';

const optionNames = [
  'source',
  'param',
  'tables',
  'run',
  'resume',
  'runs-dir',
  'silence-timeout',
  'part-rows',
  'jobs',
  'reference',
  'gzip',
  'sign-key',
  'json',
  ...watchOptions,
] as const;
type ExportArguments = Arguments<(typeof optionNames)[number]>;

/** `waybill export`: source → JSON Lines. */
export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <pipeline>',
  describe: 'Write the source as a JSON Lines directory, which is itself a source',
  builder: (yargs) => withOptions(yargs, optionNames),
  handler: async (args) => {
    await requireRun(args);
    const pipeline = await loadPipeline(args.pipeline);
    const options = await engineOptions(pipeline, args);
    const result = await withProgress(args, args, (hooks) => exportRun({ ...options, ...hooks }));
    printStage(result, `waybill transform ${args.pipeline} --run ${result.run}`, args);
  },
};
