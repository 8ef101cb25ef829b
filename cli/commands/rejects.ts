import type { Argv, CommandModule } from 'yargs';
import type { Plan } from '../../core/mapping/plan/plan.ts';
import { selectMappings } from '../../core/mapping/plan/selection.ts';
import { exitCodes, WaybillError } from '../../core/model/errors.ts';
import { readManifest } from '../../engine/journal/manifest.ts';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { type NumberedCause, numberedCauses, type Reject, readRejects } from '../../engine/rejects/reject-causes.ts';
import { replayRun } from '../../engine/rejects/replay-run.ts';
import { planOrRefuse } from '../../engine/run-context.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { confirmTarget } from '../confirm-target.ts';
import { engineOptions, typeReaders } from '../engine-options.ts';
import { causeFacts, causesText, rejectFacts, rejectText, replayText } from '../output/reject-text.ts';
import { writeReport } from '../output/write-report.ts';
import { loadPipeline } from '../pipelines.ts';
import { watchOptions, withProgress } from '../progress/with-progress.ts';
import { resolveRun } from '../resolve-run.ts';

const readOptions = ['run', 'runs-dir', 'json'] as const;
const replayOptions = [
  'source',
  'target',
  'target-database',
  'param',
  'silence-timeout',
  'sign-key',
  ...readOptions,
  ...watchOptions,
] as const;

interface Choice {
  readonly key?: string;
  readonly cause?: number;
}
type ReadArguments = Arguments<(typeof readOptions)[number]>;
type ShowArguments = ReadArguments & Choice & { 'show-values': boolean };
type ReplayArguments = Arguments<(typeof replayOptions)[number]> & Choice & { all: boolean };

/** `waybill rejects list | show | replay`: the rows that a run did not load. */
export const rejectsCommand: CommandModule = {
  command: 'rejects',
  describe: 'List the rows that a run rejected by cause, show them, or load them again after a fix',
  builder: (yargs) =>
    yargs
      .command({
        command: 'list <pipeline>',
        describe: 'Causes with counts and keys; children come under the cause that took their parents',
        builder: (y: Argv) => withOptions(y, readOptions),
        handler: (args) => list(args as unknown as ReadArguments),
      })
      .command({
        command: 'show <pipeline>',
        describe: 'Rejects in full, by --key or --cause; values only with --show-values',
        builder: (y: Argv) =>
          choosing(withOptions(y, readOptions)).option('show-values', {
            type: 'boolean',
            default: false,
            describe: 'Print the values of the rows',
          }),
        handler: (args) => show(args as unknown as ShowArguments),
      })
      .command({
        command: 'replay <pipeline>',
        describe: 'Load rejects again, each row once, by --key, --cause or --all',
        builder: (y: Argv) =>
          choosing(withOptions(y, replayOptions)).option('all', {
            type: 'boolean',
            default: false,
            describe: 'All rejects of the run',
          }),
        handler: (args) => replay(args as unknown as ReplayArguments),
      })
      .demandCommand(1, 'Which one: list, show or replay?'),
  handler: () => undefined,
};

function choosing(yargs: Argv<object>): Argv<object> {
  return yargs
    .option('key', { type: 'string', requiresArg: true, describe: 'The key of a reject, as the list shows it: ID=42' })
    .option('cause', {
      type: 'number',
      requiresArg: true,
      describe: 'The number of a cause in the list; with those below it',
    });
}

interface Rejects {
  readonly run: string;
  readonly plan: Plan;
  readonly rejects: readonly Reject[];
  readonly causes: readonly NumberedCause[];
}

async function rejectsOf(args: ReadArguments): Promise<Rejects> {
  const pipeline = await loadPipeline(args.pipeline);
  const run = await resolveRun(args);
  const folder = runFolder(args['runs-dir'], run);
  const { params, tables } = await readManifest(folder.path, run);
  const plan = planOrRefuse({ pipeline, params, types: await typeReaders(pipeline) });
  const rejects = await readRejects(folder.recordsPath, selectMappings(plan, tables));
  return { run, plan, rejects, causes: numberedCauses(rejects, plan) };
}

async function list(args: ReadArguments): Promise<void> {
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
  const pipeline = await loadPipeline(args.pipeline);
  await confirmTarget(args);
  const run = await resolveRun(args);
  const options = await engineOptions(pipeline, { ...args, run });
  const result = await withProgress(args, { run: args.run }, (hooks) =>
    replayRun({
      ...options,
      ...hooks,
      run,
      writeReport,
      pick: (rejects, { plan }) =>
        args.all ? rejects : chosen({ ...args, run }, rejects, numberedCauses(rejects, plan)),
    }),
  );
  const refused = result.refused.map(({ reject, cause }) => ({ ...rejectFacts(reject, false), now: cause }));
  process.stdout.write(args.json ? `${JSON.stringify({ ...result, refused })}\n` : replayText(result, pipeline.name));
  if (refused.length > 0) process.exitCode = exitCodes.incomplete;
}

/** @throws WaybillError 'usage' when no reject is meant. */
function chosen(
  { key, cause, pipeline, run }: Choice & { readonly pipeline: string; readonly run: string },
  rejects: readonly Reject[],
  causes: readonly NumberedCause[],
): readonly Reject[] {
  if ((key === undefined) === (cause === undefined)) {
    throw new WaybillError('usage', 'Which rejects are meant?', {
      hint: 'Give either --key or --cause; replay takes --all as well.',
    });
  }
  const isMeant = ({ number, parent }: NumberedCause): boolean =>
    number === cause || (parent !== null && isMeant(causes[parent - 1] as NumberedCause));
  const found =
    cause === undefined
      ? rejects.filter(({ record }) => record.key === key)
      : causes.filter(isMeant).flatMap((each) => each.rejects);
  if (found.length > 0) return found;
  throw new WaybillError('usage', `Run ${run} has no such reject.`, {
    hint: `See: waybill rejects list ${pipeline} --run ${run}`,
  });
}
