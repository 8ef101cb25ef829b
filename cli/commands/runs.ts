import type { Argv, CommandModule } from 'yargs';
import { visible } from '../../core/visible-text.ts';
import { aligned } from '../../reports/text-layout.ts';
import { duration, grouped, secondsBetween } from '../../reports/wording.ts';
import { optionsOf } from '../arguments.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { type ListedRun, runsIn } from '../list-runs.ts';

type RunsArguments = CommandArguments<'runs'> & { pipeline?: string };

/** `waybill runs`: lists the runs of a directory. Needs no database. */
export const runsCommand: CommandModule<object, RunsArguments> = {
  command: 'runs [pipeline]',
  describe: 'List runs with verdict, state, rows and target; needs no database',
  builder: (yargs) =>
    withOptions(
      yargs.positional('pipeline', { type: 'string', describe: 'Only runs of this pipeline' }),
      'runs',
    ) as unknown as Argv<RunsArguments>,
  handler: async (args) => {
    const { runs, unreadable } = await runsIn(optionsOf(args));
    const shown = runs.filter(({ pipeline }) => args.pipeline === undefined || pipeline === args.pipeline);
    if (args.json) process.stdout.write(`${JSON.stringify({ runs: shown, unreadable })}\n`);
    else process.stdout.write(runsText(shown, unreadable, args['runs-dir']));
  },
};

function runsText(runs: readonly ListedRun[], unreadable: readonly string[], runsDir: string): string {
  const rows = [
    ['run', 'pipeline', 'started (UTC)', 'took', 'verdict', 'state', 'read', 'rejected', 'schema'],
    ...runs.map((one) => [
      one.run,
      one.pipeline,
      one.startedAt.slice(0, 16).replace('T', ' '),
      one.finishedAt === null ? '–' : duration(secondsBetween(one.startedAt, one.finishedAt)),
      one.verdict?.toUpperCase() ?? '–',
      one.state,
      one.rows === null ? '–' : grouped(one.rows.read),
      one.rows === null ? '–' : grouped(one.rows.rejected),
      one.schema ?? '–',
    ]),
  ].map((row) => row.map(visible));
  const lines = runs.length === 0 ? [`${runsDir} has no runs.`] : aligned(rows, process.stdout.columns ?? 120, '');
  const others = unreadable.map((run) => `${run}  cannot be read; see: waybill verify ${run}`);
  return [...lines, ...others, ''].join('\n');
}
