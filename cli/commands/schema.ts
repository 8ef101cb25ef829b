import type { Argv, CommandModule } from 'yargs';
import { exitCodes, WaybillError } from '../../core/model/errors.ts';
import type { SchemaDifference, Target } from '../../core/ports/target.ts';
import { appliedDdl, schemaDrift } from '../../engine/schema-drift.ts';
import { confirmTarget } from '../../operations/confirm-target.ts';
import { openTarget, targetUrl } from '../../operations/connections.ts';
import { migrationsOf } from '../../operations/engine-options.ts';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';
import { parametersOf } from '../../operations/option-values.ts';
import { optionsOf } from '../arguments.ts';
import { askDatabase, confirmed } from '../ask.ts';
import { type Arguments, type CommandName, missingSubcommand, withPipeline } from '../command-options.ts';

type SchemaCommand = Extract<CommandName, `schema ${string}`>;
type SchemaArguments = Arguments<SchemaCommand> & { to?: number; yes?: boolean };

/** The input of each action. */
interface Work {
  readonly target: Target;
  /** The name of the target schema. */
  readonly schema: string;
  readonly directory: string;
  readonly args: SchemaArguments;
  readonly finalVersion: number;
}

/** `waybill schema up | down | status | diff`. */
export const schemaSubcommands: readonly CommandModule[] = [
  action('schema up', 'Apply the versions of the DDL up to the last, or up to --to', up, { migrates: true }),
  action('schema down', 'Undo all versions of the DDL, or those above --to', down, { migrates: true }),
  action('schema status', 'Show which versions are applied and which are pending', showVersions),
  action('schema diff', 'List changes that the versions did not make; exits with 1 if there are any', diff),
];

/** `waybill schema`: the target's DDL, version by version. */
export const schemaCommand: CommandModule = {
  command: 'schema',
  describe: 'Apply or undo the DDL versions of a target, show their status, or list differences from them',
  builder: (yargs) => yargs.command([...schemaSubcommands]).demandCommand(1, missingSubcommand),
  handler: () => undefined,
};

/** @param migrates the action writes to the target and takes `--to`. */
function action(
  name: SchemaCommand,
  describe: string,
  work: (work: Work) => Promise<void>,
  { migrates } = { migrates: false },
): CommandModule {
  return {
    command: `${name.replace('schema ', '')} <pipeline>`,
    describe,
    builder: (yargs: Argv) => {
      const options = withPipeline(yargs, name);
      return migrates
        ? options.option('to', { type: 'number', requiresArg: true, describe: 'Version to migrate to' })
        : options;
    },
    handler: async (parsed) => {
      const args = parsed as unknown as SchemaArguments;
      await loadPipeline(args.pipeline);
      if (migrates) await confirmTarget(optionsOf(args), askDatabase);
      await withTarget(args, work);
    },
  };
}

async function withTarget(args: SchemaArguments, work: (work: Work) => Promise<void>): Promise<void> {
  const options = optionsOf(args);
  const pipeline = await loadPipeline(args.pipeline);
  const params = parametersOf(pipeline, options.param);
  const schema = args['target-schema'] ?? pipeline.target.schema;
  const directory = migrationsOf(pipeline);
  const target = await openTarget(targetUrl(args.target, options.environment), schema, pipeline, params);
  try {
    const { finalVersion } = pipeline.target;
    await work({ target, schema, directory, args, finalVersion });
  } finally {
    await target.close();
  }
}

async function up(work: Work): Promise<void> {
  const { target, directory, args, finalVersion } = work;
  await target.claim(null);
  await target.migrate(directory, await wantedVersion(work, args.to ?? finalVersion, 1));
  await showVersions(work);
}

async function down(work: Work): Promise<void> {
  const { target, schema, directory, args } = work;
  await target.claim(null);
  const version = await wantedVersion(work, args.to ?? 0, 0);
  const undone = (await target.versions(directory)).filter(({ number, isDone }) => isDone && number > version);
  if (undone.length > 0) {
    const names = undone.map(({ number, name }) => `${number} ${name}`).join(', ');
    await confirmed(args)(`In ${schema} of ${target.label} these versions are undone, with what they made: ${names}.`);
  }
  await target.takeDown(directory, version);
  await showVersions(work);
}

/** @throws WaybillError 'usage' when the version does not exist. */
async function wantedVersion({ target, directory }: Work, version: number, least: number): Promise<number> {
  const last = (await target.versions(directory)).at(-1)?.number ?? 0;
  if (Number.isInteger(version) && version >= least && version <= last) return version;
  throw new WaybillError('usage', `Version ${version} does not exist.`, {
    hint: `Give --to a number from ${least} to ${last}.`,
  });
}

async function showVersions({ target, directory, args }: Work): Promise<void> {
  const versions = await target.versions(directory);
  if (args.json) process.stdout.write(`${JSON.stringify(versions)}\n`);
  else
    for (const { number, name, isDone } of versions)
      process.stdout.write(`${number}  ${isDone ? 'applied' : 'pending'}  ${name}\n`);
}

async function diff({ target, schema, directory, args }: Work): Promise<void> {
  if ((await target.inspector.catalog()) === null) throw missingSchema(schema, target.label, args.pipeline);
  const differences = await schemaDrift(target, await appliedDdl(target, directory));
  process.stdout.write(args.json ? `${JSON.stringify(differences)}\n` : differences.map(differenceText).join(''));
  if (differences.length > 0) process.exitCode = exitCodes.failed;
  else if (!args.json) process.stdout.write('no difference\n');
}

function differenceText({ object, how, wanted, found }: SchemaDifference): string {
  if (how === 'changed') return `${object}: changed\n  expected  ${wanted}\n  found     ${found}\n`;
  return `${object}: ${how}\n`;
}

function missingSchema(schema: string, label: string, pipeline: string): WaybillError {
  return new WaybillError('configuration', `The schema ${schema} does not exist in ${label}.`, {
    hint: `Name another schema with --target-schema, or create it with: waybill schema up ${pipeline}`,
  });
}
