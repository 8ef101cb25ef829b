import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { targetUrl } from '../../operations/connections.ts';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';
import { changedLines } from '../../project/changed-lines.ts';
import type { ProjectOptions } from '../../project/options.ts';
import type { GeneratedFiles } from '../../project/project.ts';
import { generatedFolder, type ProjectPipeline, readGeneratedPart } from '../../project/read-project.ts';
import type { Matches } from '../../project/target-from/matches.ts';
import { matchesFile, newMatchesText } from '../../project/target-from/matches-file.ts';
import { writeGenerated } from '../../project/write-project.ts';
import { schemaNames } from '../arguments.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';
import { makeProject } from '../make-project.ts';
import { makeTargetFrom } from '../projects/make-target-from.ts';

type PullArguments = CommandArguments<'pull'> & { folder: string; 'dry-run': boolean };

/** `waybill pull`: makes the generated part of a project again from its live source. */
export const pullCommand: CommandModule<object, PullArguments> = {
  command: 'pull <folder>',
  describe: 'Make the generated part of a project again from its source, and show what changed',
  builder: (yargs) =>
    withOptions(
      yargs
        .positional('folder', { type: 'string', demandOption: true, describe: 'Folder of the project' })
        .option('dry-run', { type: 'boolean', describe: 'Show what would change, and change nothing' }),
      'pull',
    ) as unknown as Argv<PullArguments>,
  handler: async (args) => {
    const folder = resolve(args.folder);
    const pipeline = (await loadPipeline(folder)) as Partial<ProjectPipeline>;
    const url = sourceUrl(args.source);
    const options = pipeline.project ?? {};
    const onTable = (text: string): void => {
      if (!args.quiet) process.stderr.write(`look at ${text}\n`);
    };
    const { files, unmatched } =
      options.matches === undefined
        ? { ...(await makeProject({ url, schemas: schemasOf(args, folder) }, options, onTable)), unmatched: '' }
        : await pullBoth(
            { source: url, target: targetUrl(args.target, process.env) },
            options,
            options.matches,
            onTable,
          );
    const changes = await changesIn(join(folder, generatedFolder), files);
    process.stdout.write((changes === '' ? 'no difference\n' : changes) + unmatched);
    if (!args['dry-run'] && changes !== '') await writeGenerated(folder, files);
  },
};

/** The schemas that are named now, else those that the project was made from. */
function schemasOf({ schemas }: Pick<PullArguments, 'schemas'>, folder: string): readonly string[] {
  return schemas.length > 0 ? schemaNames(schemas) : Object.values(readGeneratedPart(folder).project.schemas ?? {});
}

/** Reads both sides again, and proposes matches for the tables and columns that `matches.ts` does not name. */
async function pullBoth(
  urls: { readonly source: string; readonly target: string },
  options: ProjectOptions,
  matches: Matches,
  onTable: (text: string) => void,
): Promise<{ readonly files: GeneratedFiles; readonly unmatched: string }> {
  const { files, proposed } = await makeTargetFrom(urls, options, onTable);
  const text = newMatchesText(matches, proposed);
  return { files, unmatched: text === '' ? '' : `not in ${matchesFile} yet:\n${text}` };
}

function sourceUrl(flags: readonly string[]): string {
  const [flag = process.env.WAYBILL_SOURCE_URL] = flags;
  if (flag) return flag.replace(/^\w+=/, '');
  throw new WaybillError('configuration', 'No source is named.', {
    hint: 'Give --source mysql://user@host:3306/database, or set WAYBILL_SOURCE_URL.',
  });
}

/** The lines that differ, file by file. */
async function changesIn(generated: string, files: GeneratedFiles): Promise<string> {
  const parts: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const path = join(generated, name);
    const before = existsSync(path) ? await readFile(path, 'utf8') : '';
    const lines = changedLines(before, text);
    if (lines.length > 0) parts.push(`${name}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
  return parts.join('');
}
