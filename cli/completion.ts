import yargs from 'yargs';
import { listRuns } from '../engine/journal/run-folder.ts';
import { pipelineNames } from '../operations/modules/load-pipeline.ts';
import { defaultRunsDir } from '../operations/options.ts';
import { commandLines, commandOf } from './commands.ts';
import { optionsOf } from './parser.ts';

/**
 * What the last word may become: commands, options, names of pipelines and ids of runs that begin with it. Runs no command.
 * @param words what was typed after `waybill`; the last is empty where no word was begun.
 */
export async function completionsOf(words: readonly string[]): Promise<readonly string[]> {
  const current = words.at(-1) ?? '';
  return (await candidates(words.slice(0, -1), current)).filter((name) => name.startsWith(current));
}

async function candidates(before: readonly string[], current: string): Promise<readonly string[]> {
  const command = commandOf(before);
  if (before.at(-1) === '--run') return runsFor(before);
  if (command === null) {
    const given = before.filter((word) => !word.startsWith('-'));
    const lines = commandLines.filter(({ words }) => given.every((word, i) => words[i] === word));
    return [...new Set(lines.map(({ words }) => words[given.length] as string))];
  }
  if (current.startsWith('-')) return optionsFor(command.module);
  const place = command.line.split(' ')[before.filter((word) => !word.startsWith('-')).length] ?? '';
  if (/^.pipeline/.test(place)) return pipelineNames();
  return place === '<run>' ? runsFor(before) : [];
}

function optionsFor({ builder }: (typeof commandLines)[number]['module']): readonly string[] {
  const parser = yargs([]);
  if (typeof builder === 'function') builder(parser);
  const { key } = optionsOf(parser);
  const names = [...Object.keys(key), 'verbose'].filter((name) => !/[A-Z]/.test(name));
  return names.map((name) => `--${name}`);
}

function runsFor(words: readonly string[]): Promise<readonly string[]> {
  const place = words.indexOf('--runs-dir');
  return listRuns((place < 0 ? undefined : words[place + 1]) ?? defaultRunsDir);
}
