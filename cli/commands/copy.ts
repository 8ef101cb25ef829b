import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { newRunId, runFolder } from '../../engine/journal/run-folder.ts';
import { databaseOf } from '../../operations/confirm-target.ts';
import { cutOverRun } from '../../operations/cutover.ts';
import { prepareRun, type RunOutcome } from '../../operations/run.ts';
import { writeGenerated } from '../../project/write-project.ts';
import { optionsOf, schemaNames } from '../arguments.ts';
import { askDatabase } from '../ask.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { type MadeProject, makeProject } from '../make-project.ts';
import { printChange } from '../output/print-change.ts';
import { printJson, printText, setExitCode } from '../output/print-result.ts';
import { decisionsText, leftBehindText } from '../output/project-text.ts';
import { stageDoneLine } from '../progress/progress-text.ts';
import { withProgress } from '../progress/with-progress.ts';

type CopyArguments = CommandArguments<'copy'> & {
  'source-url': string;
  'target-url': string;
  'one-schema': boolean;
  staged: boolean;
  live: boolean;
};

/** What is copied in a run of its own: one schema of the target. */
interface SchemaCopy {
  readonly run: string;
  readonly made: MadeProject;
}

/** `waybill copy`: everything of a database into PostgreSQL, decided from its structure and its data. */
export const copyCommand: CommandModule<object, CopyArguments> = {
  command: 'copy <source-url> <target-url>',
  describe: 'Copy a MySQL, MariaDB, SQL Server, SQLite or PostgreSQL database into PostgreSQL, and prove it',
  builder: (yargs) =>
    withOptions(
      yargs
        .positional('source-url', { type: 'string', demandOption: true, describe: 'URL of the source database' })
        .positional('target-url', { type: 'string', demandOption: true, describe: 'URL of the target database' })
        .option('one-schema', {
          type: 'boolean',
          describe: 'Copy all --schemas into one schema, with the foreign keys between them',
        })
        .option('staged', {
          type: 'boolean',
          describe: 'Keep the source rows and the mapped rows in the run folder',
        })
        .option('live', {
          type: 'boolean',
          describe: 'Make the copy live when everything is proved: cut over as waybill cutover does',
        }),
      'copy',
    ) as unknown as Argv<CopyArguments>,
  handler: async (args) => {
    const copies = await lookAt(args);
    const outcomes: RunOutcome[] = [];
    for (const copy of copies) outcomes.push(await load(args, copy));
    if (args.json) printJson(outcomes.map(({ report }) => report));
    setExitCode(outcomes.map(({ verdict }) => verdict));
    if (!args.live || outcomes.some(({ verdict }) => verdict !== 'pass')) return;
    for (const { run } of copies) await makeLive(args, run);
  },
};

/** Looks at all schemas before the first one is loaded, so that what is refused is refused before anything is written. */
async function lookAt(args: CopyArguments): Promise<SchemaCopy[]> {
  const schemas = schemaNames(args.schemas);
  const isSplit = schemas.length > 1 && !args['one-schema'];
  if (isSplit && args['target-schema'] !== undefined) throw oneTargetSchema(schemas.length);
  const run = args.run ?? newRunId(new Date());
  const copies: SchemaCopy[] = [];
  for (const group of isSplit ? schemas.map((schema) => [schema]) : [schemas]) {
    const made = await makeOne(args, group);
    const other = copies.find(({ made: { project } }) => project.schema === made.project.schema);
    if (other !== undefined) throw sameTarget(made.project.schema);
    copies.push({ run: isSplit ? `${run}-${made.project.schema}` : run, made });
  }
  return copies;
}

async function makeOne(args: CopyArguments, schemas: readonly string[]): Promise<MadeProject> {
  const startedAt = performance.now();
  const made = await makeProject({ url: args['source-url'], schemas }, {}, (text) => note(args, `look at ${text}`));
  const tables = Object.values(made.project.contract).flatMap(Object.keys).length;
  note(args, stageDoneLine('profile', { rows: tables, seconds: (performance.now() - startedAt) / 1000 }, 'tables'));
  return made;
}

/** Loads and validates one schema, and prints its report unless all are printed as JSON at the end. */
async function load(args: CopyArguments, { run, made }: SchemaCopy): Promise<RunOutcome> {
  const folder = join(runFolder(args['runs-dir'], run).path, 'project');
  await writeGenerated(folder, made.files);
  note(args, decisionsText(made.project.decisions));
  const place = { pipeline: folder, source: [...made.source], target: args['target-url'] };
  const whole = {
    param: [],
    tables: [],
    resume: false,
    'target-database': databaseOf(args['target-url']),
    'check-rows': false,
  };
  const migration = { ...args, ...place, ...whole, run, 'dry-run': false };
  const {
    'source-url': _,
    'target-url': __,
    'one-schema': ___,
    schemas: ____,
    live: _____,
    ...typed
  } = args as CopyArguments & Record<string, unknown>;
  const work = await prepareRun(optionsOf(migration), askDatabase);
  const outcome = await withProgress(args, { ...typed, ...place, _: ['run'] }, work);
  if (!args.json) {
    await printText(outcome, args, args.live ? null : undefined);
    const behind = leftBehindText(outcome.report.inventory ?? []);
    if (behind !== '') process.stdout.write(`\nleft behind\n${behind}`);
  }
  return outcome;
}

/** Cuts a run over. What was done is not printed beside reports as JSON, so that stdout stays one document. */
async function makeLive(args: CopyArguments, run: string): Promise<void> {
  const url = args['target-url'];
  const target = { target: url, 'target-database': databaseOf(url), 'live-schema': undefined };
  const plain = { append: false, force: false, 'keep-unmanaged': false, 'drop-unmanaged': [], unsigned: false };
  const onOutput = (text: string): void => void process.stderr.write(text);
  const change = await cutOverRun(optionsOf({ ...args, ...target, ...plain, run }), { ask: askDatabase, onOutput });
  if (!args.json) printChange(change, { ...args, ...target });
}

function note({ quiet }: CopyArguments, text: string): void {
  if (!quiet) process.stderr.write(`${text}\n`);
}

function oneTargetSchema(schemas: number): WaybillError {
  return new WaybillError('usage', `--target-schema names one schema, and ${schemas} are copied.`, {
    hint: 'Omit --target-schema, or add --one-schema to copy all of them into one.',
  });
}

function sameTarget(schema: string): WaybillError {
  return new WaybillError('configuration', `Two of these schemas would be called ${schema} in the target.`, {
    hint: 'Name each schema once; copy schemas whose names differ only in case or special characters on their own.',
  });
}
