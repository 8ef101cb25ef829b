import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { version } from '../../operations/package-root.ts';
import { projectFiles } from '../../project/project-files.ts';
import { writeGenerated, writeProject } from '../../project/write-project.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { makeProject } from '../make-project.ts';
import { decisionsText, inventoryText, matchesSummary } from '../output/project-text.ts';
import { makeTargetFrom } from '../projects/make-target-from.ts';

type InitArguments = CommandArguments<'init'> & {
  'source-url': string;
  folder?: string;
  'target-from'?: string | undefined;
};

/** `waybill init`: a project for a database, made from its structure and its data. */
export const initCommand: CommandModule<object, InitArguments> = {
  command: 'init <source-url> [folder]',
  describe: 'Write a project for a database: what to decide, and what was generated',
  builder: (yargs) =>
    withOptions(
      yargs
        .positional('source-url', { type: 'string', demandOption: true, describe: 'URL of the source database' })
        .positional('folder', { type: 'string', describe: 'New folder; named for the database by default' })
        .option('target-from', {
          type: 'string',
          requiresArg: true,
          describe: 'URL of a PostgreSQL database whose schema another tool made: match the source with it',
        }),
      'init',
    ) as unknown as Argv<InitArguments>,
  handler: async (args) => {
    const onTable = (text: string): void => {
      if (!args.quiet) process.stderr.write(`look at ${text}\n`);
    };
    const urls = { source: args['source-url'], target: args['target-from'] };
    const isMatched = (given: typeof urls): given is { source: string; target: string } => given.target !== undefined;
    const made = isMatched(urls)
      ? await makeTargetFrom(urls, {}, onTable)
      : await makeProject(urls.source, {}, onTable);
    const { project, files } = made;
    const folder = args.folder ?? project.name;
    const proposed = 'proposed' in made ? made.proposed : undefined;
    await writeProject(resolve(folder), projectFiles(project, version, proposed));
    await writeGenerated(resolve(folder), files);
    const matched = 'notes' in made ? matchesSummary(made.proposed, project.sides?.kept ?? [], made.notes) : '';
    process.stdout.write(
      `${decisionsText(project.decisions)}${matched}\n${inventoryText(project.inventory)}\nproject  ${folder}\n`,
    );
  },
};
