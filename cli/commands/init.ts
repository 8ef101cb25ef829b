import { join, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { version } from '../../operations/package-root.ts';
import type { Generated } from '../../project/generate.ts';
import { projectFiles } from '../../project/project-files.ts';
import { readGeneratedPart } from '../../project/read-project.ts';
import type { Matches } from '../../project/target-from/matches.ts';
import { writeGenerated, writeProject } from '../../project/write-project.ts';
import { schemaNames } from '../arguments.ts';
import { ask } from '../ask.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { makeProject } from '../make-project.ts';
import { decisionsText, inventoryText, matchesSummary } from '../output/project-text.ts';
import { makeTargetFrom } from '../projects/make-target-from.ts';

type InitArguments = CommandArguments<'init'> & {
  'source-url'?: string;
  folder?: string;
  'target-from'?: string | undefined;
  'from-run'?: string | undefined;
};

/** A project before it is written; with matches where another tool made its target. */
interface NewProject extends Generated {
  readonly proposed?: Matches;
  readonly notes?: readonly string[];
}

/** `waybill init`: a project for a database, made from its structure and its data. */
export const initCommand: CommandModule<object, InitArguments> = {
  command: 'init [source-url] [folder]',
  describe: 'Write a project for a database: what to decide, and what was generated',
  builder: (yargs) =>
    withOptions(
      yargs
        .positional('source-url', { type: 'string', describe: 'URL of the source database; not with --from-run' })
        .positional('folder', { type: 'string', describe: 'New folder; named for the database by default' })
        .option('target-from', {
          type: 'string',
          requiresArg: true,
          describe: 'URL of a PostgreSQL database whose schema another tool made: match the source with it',
        })
        .option('from-run', {
          type: 'string',
          requiresArg: true,
          conflicts: 'target-from',
          describe: 'Id of a copy that becomes a project, as it was decided then',
        }),
      'init',
    ) as unknown as Argv<InitArguments>,
  handler: async (args) => {
    const { made, folder: given } =
      args['from-run'] === undefined ? await ofSource(args) : ofRun(args, args['from-run']);
    const { project, files, proposed, notes } = made;
    const folder = given ?? project.name;
    await writeProject(resolve(folder), projectFiles(project, version, proposed));
    await writeGenerated(resolve(folder), files);
    const matched = proposed === undefined ? '' : matchesSummary(proposed, project.sides?.kept ?? [], notes ?? []);
    process.stdout.write(
      `${decisionsText(project.decisions)}${matched}\n${inventoryText(project.inventory)}\nproject  ${folder}\n`,
    );
  },
};

const exampleUrl = 'mysql://user@host:3306/database';

type Made = { readonly made: NewProject; readonly folder: string | undefined };

async function ofSource(args: InitArguments): Promise<Made> {
  const { 'target-from': target } = args;
  const source = args['source-url'] ?? (await ask(`URL of the source database, as in ${exampleUrl}: `));
  if (source === null || source === '') {
    throw new WaybillError('usage', 'The URL of a source database is missing.', {
      hint: `Give one, as in: waybill init ${exampleUrl} shop`,
    });
  }
  if (target !== undefined && args.schemas.length > 0) {
    throw new WaybillError('usage', 'The schema of another tool is matched with one schema of the source.', {
      hint: 'Leave --schemas away, and name the schema in the URL of the source.',
    });
  }
  const onTable = (text: string): void => {
    if (!args.quiet) process.stderr.write(`look at ${text}\n`);
  };
  const made =
    target === undefined
      ? makeProject({ url: source, schemas: schemaNames(args.schemas) }, {}, onTable)
      : makeTargetFrom({ source, target }, {}, onTable);
  return { made: await made, folder: args.folder ?? (await folderFor((await made).project.name)) };
}

/** The folder that the user types; the proposed one if the answer is empty, or without a terminal. */
async function folderFor(proposed: string): Promise<string> {
  return (await ask(`Folder of the project [${proposed}]: `)) || proposed;
}

/** A copy keeps its project in its run folder. The only positional argument is the new folder then. */
function ofRun({ 'runs-dir': runsDir, 'source-url': folder, folder: second }: InitArguments, run: string): Made {
  if (second !== undefined) {
    throw new WaybillError('usage', 'A project is made from a run or from a source, not from both.', {
      hint: `Leave one away, as in: waybill init --from-run ${run} ${second}`,
    });
  }
  return { made: readGeneratedPart(join(runFolder(runsDir, run).path, 'project')), folder };
}
