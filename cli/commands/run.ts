import type { CommandModule } from 'yargs';
import { shadowOf } from '../../core/schema-names.ts';
import { runPipeline } from '../../engine/stages/run.ts';
import { validators } from '../../validators/index.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { printResult } from '../output/print-result.ts';
import { writeReport } from '../output/write-report.ts';
import { withEngine } from '../with-engine.ts';

type RunArguments = Arguments<'run'> & { staged: boolean; 'dry-run': boolean };

/** `waybill run`: the whole migration. `--staged` keeps the rows of both sides as JSON Lines. */
export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run <pipeline>',
  describe: 'Read, map, load and validate a whole migration',
  builder: (yargs) =>
    withPipeline(yargs, 'run')
      .option('staged', {
        type: 'boolean',
        default: false,
        describe: 'Keep the source rows and the mapped rows in the run folder',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Load into a temporary schema that is dropped at the end',
      }),
  handler: (args) => runMigration(args, { writesTarget: true }),
};

/** Runs a migration, prints the result, and sets the exit code. */
export async function runMigration(args: RunArguments, needs: Parameters<typeof withEngine>[1]): Promise<void> {
  const result = await withEngine(args, needs, (options, pipeline) =>
    runPipeline({
      ...options,
      mode: args.staged ? 'staged' : 'direct',
      isDryRun: args['dry-run'],
      targetSchema: args['target-schema'] ?? shadowOf(pipeline.target.schema),
      validators: [...validators, ...(pipeline.validators ?? [])],
      writeReport,
    }),
  );
  await printResult(result, args.json);
}
