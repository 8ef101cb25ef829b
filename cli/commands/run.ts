import type { CommandModule } from 'yargs';
import { shadowOf } from '../../core/schema-names.ts';
import { runPipeline } from '../../engine/stages/run.ts';
import { validators } from '../../validators/index.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { confirmTarget } from '../confirm-target.ts';
import { engineOptions } from '../engine-options.ts';
import { printResult } from '../output/print-result.ts';
import { writeReport } from '../output/write-report.ts';
import { loadPipeline } from '../pipelines.ts';
import { watchOptions, withProgress } from '../progress/with-progress.ts';
import { requireRun } from '../resolve-run.ts';

const optionNames = [
  'source',
  'target',
  'target-database',
  'target-schema',
  'param',
  'tables',
  'run',
  'resume',
  'runs-dir',
  'max-rejects',
  'silence-timeout',
  'part-rows',
  'jobs',
  'reference',
  'check-rows',
  'gzip',
  'sign-key',
  'json',
  ...watchOptions,
] as const;
type RunArguments = Arguments<(typeof optionNames)[number]> & { staged: boolean; 'dry-run': boolean };

/** `waybill run`: the whole migration; `--staged` keeps JSON Lines of both sides. */
export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run <pipeline>',
  describe: 'Read, map, load and prove a whole migration',
  builder: (yargs) =>
    withOptions(yargs, optionNames)
      .option('staged', {
        type: 'boolean',
        default: false,
        describe: 'Keep what is read and what is made of it in the run folder',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'On a schema of its own that is dropped at the end',
      }),
  handler: async (args) => {
    await requireRun(args);
    await loadPipeline(args.pipeline);
    await confirmTarget(args);
    await runMigration(args, args);
  },
};

/**
 * Runs a migration and prints how it ended; sets the exit code. `goOn` is what was given that says how a run that stopped
 * is gone on with.
 */
export async function runMigration(
  args: RunArguments,
  goOn: { run?: string | undefined; resume?: boolean },
): Promise<void> {
  const pipeline = await loadPipeline(args.pipeline);
  const options = await engineOptions(pipeline, args);
  const result = await withProgress(args, goOn, (hooks) =>
    runPipeline({
      ...options,
      ...hooks,
      mode: args.staged ? 'staged' : 'direct',
      isDryRun: args['dry-run'],
      targetSchema: args['target-schema'] ?? shadowOf(pipeline.target.schema),
      validators: [...validators, ...(pipeline.validators ?? [])],
      writeReport,
    }),
  );
  await printResult(result, args.json);
}
