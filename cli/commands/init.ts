import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { version } from '../../operations/package-root.ts';
import { projectFiles } from '../../project/project-files.ts';
import { writeGenerated, writeProject } from '../../project/write-project.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { makeProject } from '../make-project.ts';
import { decisionsText, inventoryText } from '../output/project-text.ts';

type InitArguments = CommandArguments<'init'> & { 'source-url': string; folder?: string };

/** `waybill init`: a project for a database, made from its structure and its data. */
export const initCommand: CommandModule<object, InitArguments> = {
  command: 'init <source-url> [folder]',
  describe: 'Write a project for a database: what to decide, and what was generated',
  builder: (yargs) =>
    withOptions(
      yargs
        .positional('source-url', { type: 'string', demandOption: true, describe: 'URL of the source database' })
        .positional('folder', { type: 'string', describe: 'New folder; named for the database by default' }),
      'init',
    ) as unknown as Argv<InitArguments>,
  handler: async (args) => {
    const { project, files } = await makeProject(args['source-url'], {}, (text) => {
      if (!args.quiet) process.stderr.write(`look at ${text}\n`);
    });
    const folder = args.folder ?? project.name;
    await writeProject(resolve(folder), projectFiles(project, version));
    await writeGenerated(resolve(folder), files);
    process.stdout.write(
      `${decisionsText(project.decisions)}\n${inventoryText(project.inventory)}\nproject  ${folder}\n`,
    );
  },
};
