import type { Argv, CommandModule } from 'yargs';
import type { Plan } from '../../core/mapping/plan/plan.ts';
import { selectMappings } from '../../core/mapping/plan/selection.ts';
import { exitCodes, WaybillError } from '../../core/model/errors.ts';
import { readManifest } from '../../engine/journal/manifest.ts';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { type NumberedCause, numberedCauses, type Reject, readRejects } from '../../engine/rejects/reject-causes.ts';
import { replayRun } from '../../engine/rejects/replay-run.ts';
import { planOrRefuse } from '../../engine/run-context.ts';
import { typeReaders } from '../../operations/engine-options.ts';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';
import { resolveRun } from '../../operations/resolve-run.ts';
import { writeReport } from '../../operations/write-report.ts';
import { optionsOf } from '../arguments.ts';
import { type Arguments, missingSubcommand, withPipeline } from '../command-options.ts';
import { causeFacts, causesText, listedKey, rejectFacts, rejectText, replayText } from '../output/reject-text.ts';
import { withEngineOfRun } from '../with-engine.ts';

type Choice = { readonly key?: string; readonly cause?: number };
type ListArguments = Arguments<'rejects list'>;
type ShowArguments = Arguments<'rejects show'> & Choice & { 'show-values': boolean };
type ReplayArguments = Arguments<'rejects replay'> & Choice & { all: boolean };

/** `waybill rejects list | show | replay`. */
export const rejectsSubcommands: readonly CommandModule[] = [
  {
    command: 'list <pipeline>',
    describe: 'List causes with counts and keys; rows whose parents were rejected come under the cause of the parents',
    builder: (yargs: Argv) => withPipeline(yargs, 'rejects list'),
    handler: (args) => list(args as unknown as ListArguments),
  },
  {
    command: 'show <pipeline>',
    describe: 'Show rejects in full, by --key or --cause; values only with --show-values',
    builder: (yargs: Argv) =>
      withChoice(withPipeline(yargs, 'rejects show')).option('show-values', {
        type: 'boolean',
        describe: 'Print the values of the rows',
      }),
    handler: (args) => show(args as unknown as ShowArguments),
  },
  {
    command: 'replay <pipeline>',
    describe: 'Load rejects again, by --key, --cause or --all; each row is loaded once',
    builder: (yargs: Argv) =>
      withChoice(withPipeline(yargs, 'rejects replay')).option('all', {
        type: 'boolean',
        describe: 'All rejects of the run',
      }),
    handler: (args) => replay(args as unknown as ReplayArguments),
  },
];

/** `waybill rejects`: lists, shows or reloads the rows that a run rejected. */
export const rejectsCommand: CommandModule = {
  command: 'rejects',
  describe: 'List rejected rows of a run by cause, show them, or load them again after a fix',
  builder: (yargs) => yargs.command([...rejectsSubcommands]).demandCommand(1, missingSubcommand),
  handler: () => undefined,
};

function withChoice(yargs: Argv<object>): Argv<object> {
  return yargs
    .option('key', { type: 'string', requiresArg: true, describe: 'Key of a reject, as listed: ID=42' })
    .option('cause', {
      type: 'number',
      requiresArg: true,
      describe: 'Number of a cause in the list; includes the causes below it',
    });
}

interface Rejects {
  readonly run: string;
  readonly plan: Plan;
  readonly rejects: readonly Reject[];
  readonly causes: readonly NumberedCause[];
}

async function rejectsOf(args: ListArguments): Promise<Rejects> {
  const pipeline = await loadPipeline(args.pipeline);
  const run = await resolveRun(optionsOf(args), pipeline);
  const folder = runFolder(args['runs-dir'], run);
  const { params, tables } = await readManifest(folder.path, run);
  const plan = planOrRefuse({ pipeline, params, types: await typeReaders(pipeline) });
  const rejects = await readRejects(folder.recordsPath, selectMappings(plan, tables));
  return { run, plan, rejects, causes: numberedCauses(rejects, plan) };
}

async function list(args: ListArguments): Promise<void> {
  const { run, causes } = await rejectsOf(args);
  process.stdout.write(
    args.json ? `${JSON.stringify({ run, causes: causes.map(causeFacts) })}\n` : causesText(run, causes),
  );
}

async function show(args: ShowArguments): Promise<void> {
  const { run, rejects, causes } = await rejectsOf(args);
  const hasValues = args['show-values'];
  for (const reject of chosen({ ...args, run }, rejects, causes)) {
    process.stdout.write(
      args.json ? `${JSON.stringify(rejectFacts(reject, hasValues))}\n` : rejectText(reject, hasValues),
    );
  }
}

async function replay(args: ReplayArguments): Promise<void> {
  const result = await withEngineOfRun(args, { writesTarget: true }, (options) =>
    replayRun({
      ...options,
      writeReport,
      pick: (rejects, { plan }) =>
        args.all ? rejects : chosen({ ...args, run: options.run }, rejects, numberedCauses(rejects, plan)),
    }),
  );
  const refused = result.refused.map(({ reject, cause }) => ({ ...rejectFacts(reject, false), now: cause }));
  process.stdout.write(args.json ? `${JSON.stringify({ ...result, refused })}\n` : replayText(result, args.pipeline));
  if (refused.length > 0) process.exitCode = exitCodes.incomplete;
}

/** Picks the rejects of `--key` or `--cause`. @throws WaybillError 'usage' when the choice is unclear or empty. */
function chosen(
  { key, cause, pipeline, run }: Choice & { readonly pipeline: string; readonly run: string },
  rejects: readonly Reject[],
  causes: readonly NumberedCause[],
): readonly Reject[] {
  if ((key === undefined) === (cause === undefined)) {
    throw new WaybillError('usage', 'No rejects are selected.', {
      hint: 'Give either --key or --cause; or with replay, --all.',
    });
  }
  const isChosen = ({ number, parent }: NumberedCause): boolean =>
    number === cause || (parent !== null && isChosen(causes[parent - 1] as NumberedCause));
  const found =
    cause === undefined
      ? rejects.filter((reject) => reject.record.key === key || listedKey(reject) === key)
      : causes.filter(isChosen).flatMap((each) => each.rejects);
  if (found.length > 0) return found;
  throw new WaybillError('usage', `Run ${run} has no such reject.`, {
    hint: `See: waybill rejects list ${pipeline} --run ${run}`,
  });
}
