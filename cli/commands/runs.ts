import { dirname, join, relative } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { visible } from '../../core/visible-text.ts';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { version } from '../../operations/package-root.ts';
import { aligned } from '../../reports/text-layout.ts';
import { duration, grouped, secondsBetween } from '../../reports/wording.ts';
import { writeAtomically } from '../../storage/atomic-file.ts';
import { optionsOf } from '../arguments.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { type ListedRun, runsIn } from '../list-runs.ts';

type RunsArguments = CommandArguments<'runs'> & { pipeline?: string; html?: string | undefined };

/** `waybill runs`: lists the runs of a directory. Needs no database. */
export const runsCommand: CommandModule<object, RunsArguments> = {
  command: 'runs [pipeline]',
  describe: 'List runs with verdict, state, rows and target; needs no database',
  builder: (yargs) =>
    withOptions(
      yargs.positional('pipeline', { type: 'string', describe: 'Only runs of this pipeline' }).option('html', {
        type: 'string',
        requiresArg: true,
        describe: 'Also write a page that lists them and links their reports, into this file',
      }),
      'runs',
    ) as unknown as Argv<RunsArguments>,
  handler: async (args) => {
    const { runs, unreadable } = await runsIn(optionsOf(args));
    const shown = runs.filter(({ pipeline }) => args.pipeline === undefined || pipeline === args.pipeline);
    if (args.html !== undefined) await writePage(args.html, shown, args['runs-dir']);
    if (args.json) process.stdout.write(`${JSON.stringify({ runs: shown, unreadable })}\n`);
    else process.stdout.write(runsText(shown, unreadable, args['runs-dir']));
  },
};

/** The newest run comes first. */
async function writePage(file: string, runs: readonly ListedRun[], runsDir: string): Promise<void> {
  const { runsHtml } = await import('../../reports/runs-html.ts');
  const entries = runs.toReversed().map(({ run, pipeline, startedAt, verdict, rows }) => {
    const report = relative(dirname(file), join(runFolder(runsDir, run).path, 'report.html'));
    const counts = { rows: rows?.read ?? null, rejected: rows?.rejected ?? null };
    return { run, pipeline, startedAt, verdict, ...counts, report: verdict === null ? null : report };
  });
  const toError = (cause: unknown): WaybillError =>
    new WaybillError('configuration', `The page ${file} cannot be written.`, {
      hint: 'Name a file in a folder that exists and that you may write to.',
      cause,
    });
  await writeAtomically(file, (sink) => sink(Buffer.from(runsHtml(entries, version), 'utf8')), { toError });
}

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
