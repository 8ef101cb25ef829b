import type { Argv, CommandModule } from 'yargs';
import { prepareRun, type RunOutcome } from '../../operations/run.ts';
import { optionsOf } from '../arguments.ts';
import { askDatabase } from '../ask.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import type { GivenArguments } from '../next-command.ts';
import { printResult } from '../output/print-result.ts';
import { withProgress } from '../progress/with-progress.ts';

type RunArguments = Arguments<'run'> & { staged: boolean; 'dry-run': boolean };

/** `waybill run`: the whole migration. `--staged` keeps the rows of both sides as JSON Lines. */
export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run <pipeline>',
  describe: 'Read, map, load and validate a whole migration',
  builder: (yargs) =>
    withPipeline(yargs, 'run')
      .option('staged', {
        type: 'boolean',
        describe: 'Keep the source rows and the mapped rows in the run folder',
      })
      .option('dry-run', {
        type: 'boolean',
        describe: 'Load into a temporary schema that is dropped at the end',
      }) as unknown as Argv<RunArguments>,
  handler: async (args) => {
    await runMigration(args, args, args['dry-run'] ? `waybill run ${args.pipeline}` : undefined);
  },
};

/**
 * Runs a migration, prints the result, and sets the exit code.
 * @param given arguments that the resume command repeats, if not all.
 * @param next the command to type next; by default the one that the verdict calls for.
 */
export async function runMigration(
  args: RunArguments & GivenArguments,
  given: GivenArguments = args,
  next?: string | null,
): Promise<RunOutcome> {
  const outcome = await withProgress(args, given, await prepareRun(optionsOf(args), askDatabase));
  await printResult(outcome, args, next);
  return outcome;
}
