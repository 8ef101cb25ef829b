import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { newRunId, runFolder } from '../../engine/journal/run-folder.ts';
import { databaseOf } from '../../operations/confirm-target.ts';
import { writeGenerated } from '../../project/write-project.ts';
import { schemaNames } from '../arguments.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { makeProject } from '../make-project.ts';
import { decisionsText, leftBehindText } from '../output/project-text.ts';
import { stageDoneLine } from '../progress/progress-text.ts';
import { cutOverAndPrint } from './cutover.ts';
import { runMigration } from './run.ts';

type CopyArguments = CommandArguments<'copy'> & {
  'source-url': string;
  'target-url': string;
  staged: boolean;
  live: boolean;
};

/** `waybill copy`: everything of a database into PostgreSQL, decided from its structure and its data. */
export const copyCommand: CommandModule<object, CopyArguments> = {
  command: 'copy <source-url> <target-url>',
  describe: 'Copy a MySQL, MariaDB, SQL Server, SQLite or PostgreSQL database into PostgreSQL, and prove it',
  builder: (yargs) =>
    withOptions(
      yargs
        .positional('source-url', { type: 'string', demandOption: true, describe: 'URL of the source database' })
        .positional('target-url', { type: 'string', demandOption: true, describe: 'URL of the target database' })
        .option('staged', {
          type: 'boolean',
          default: false,
          describe: 'Keep the source rows and the mapped rows in the run folder',
        })
        .option('live', {
          type: 'boolean',
          default: false,
          describe: 'Make the copy live when everything is proved: cut over as waybill cutover does',
        }),
      'copy',
    ) as unknown as Argv<CopyArguments>,
  handler: async (args) => {
    const note = (text: string): void => {
      if (!args.quiet) process.stderr.write(`${text}\n`);
    };
    const run = args.run ?? newRunId(new Date());
    const startedAt = performance.now();
    const { project, files, source } = await makeProject(
      { url: args['source-url'], schemas: schemaNames(args.schemas) },
      {},
      (text) => note(`look at ${text}`),
    );
    const tables = Object.values(project.contract).flatMap(Object.keys).length;
    note(stageDoneLine('profile', { rows: tables, seconds: (performance.now() - startedAt) / 1000 }, 'tables'));
    const folder = join(runFolder(args['runs-dir'], run).path, 'project');
    await writeGenerated(folder, files);
    note(decisionsText(project.decisions));
    const place = { pipeline: folder, source: [...source], target: args['target-url'] };
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
      schemas: ___,
      ...typed
    } = args as CopyArguments & Record<string, unknown>;
    const { verdict, report } = await runMigration(migration, { ...typed, ...place, _: ['run'] });
    const behind = leftBehindText(report.inventory ?? []);
    if (!args.json && behind !== '') process.stdout.write(`\nleft behind\n${behind}`);
    if (args.live && verdict === 'pass') await makeLive(args, run);
  },
};

function makeLive(args: CopyArguments, run: string): Promise<void> {
  const url = args['target-url'];
  const target = { target: url, 'target-database': databaseOf(url), 'live-schema': undefined };
  const plain = { append: false, force: false, 'keep-unmanaged': false, 'drop-unmanaged': [], unsigned: false };
  return cutOverAndPrint({ ...args, ...target, ...plain, run });
}
