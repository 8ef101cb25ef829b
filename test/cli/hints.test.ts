import { describe, expect, it } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { nextCommand, placeOptions } from '../../cli/next-command.ts';
import { parserOf } from '../../cli/parser.ts';
import { environmentVariables, sentences } from '../support/sentences.ts';

const all = sentences();
const names = commands.map(({ command }) => String(command).split(' ')[0] as string);
const command = new RegExp(`\\bwaybill ((?:${names.join('|')})\\b[^;\\n]*)`, 'g');

/** Commands that have commands of their own, with those that have the most options. */
const below: Readonly<Record<string, readonly string[]>> = { schema: ['up'], rejects: ['show', 'replay'] };

/** @param sub the commands below it, as far as they are asked for. */
async function optionsOf(name: string, sub = below[name] ?? ['']): Promise<string[]> {
  const lines = sub.map((each) => [name, each].filter(Boolean));
  const help = await Promise.all(lines.map((words) => parserOf(words).getHelp()));
  return [...help.join('\n').matchAll(/^ {2,6}--([a-z-]+)/gm)].map(([, option]) => option as string);
}

class Accepted extends Error {}

/** Null when waybill takes these words as a command, else why not. Nothing is done. */
async function refusalOf(words: readonly string[]): Promise<string | null> {
  const accept = (): never => {
    throw new Accepted();
  };
  try {
    await parserOf(words).middleware(accept).parseAsync();
    return 'it says nothing that could be done';
  } catch (error) {
    return error instanceof Accepted ? null : (error as Error).message;
  }
}

describe('what an error tells people to type', () => {
  it('is a command that waybill takes, with all that it needs', async () => {
    const typed = all.flatMap(({ place, text }) =>
      [...text.matchAll(command)].map(([, words]) => ({ place, words: (words as string).replaceAll('‹›', 'x') })),
    );
    expect(typed.length).toBeGreaterThan(20);
    const refused = [];
    for (const { place, words } of typed) {
      const why = await refusalOf(words.split(' '));
      if (why !== null) refused.push(`${place}: ${words}: ${why}`);
    }
    expect(refused).toEqual([]);
  });

  it('is never put together where this test could not read it', () => {
    const hidden = all.filter(({ text }) => /.\bwaybill ‹›|(?<!SOURCE_)<\w+>/.test(text));
    expect(hidden).toEqual([]);
  });

  it('are options that there are', async () => {
    const known = new Set((await Promise.all(names.map((name) => optionsOf(name)))).flat());
    const others = /npm install without --\S+|pg_dump --.*/g;
    const told = all.flatMap(({ place, text }) =>
      [...text.replace(others, '').matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, option]) => ({ place, option })),
    );
    expect(told.length).toBeGreaterThan(50);
    expect(told.filter(({ option }) => !known.has(option as string))).toEqual([]);
  });

  it('are variables of the environment that waybill knows', () => {
    const known = environmentVariables();
    const told = all.flatMap(({ place, text }) =>
      [...text.matchAll(/\b(WAYBILL_[A-Z_]*[A-Z])(?![A-Z_‹])/g)].map(([, variable]) => ({ place, variable })),
    );
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter(({ variable }) => !known.has(variable as string))).toEqual([]);
  });
});

describe('a command in a hint', () => {
  const given = {
    source: ['c01=mysql://reader:se@cret@db:3306/c02'],
    target: 'postgres://db/rehearsal?password=secret&sslmode=disable',
    'target-database': 'rehearsal',
    'runs-dir': "it's here",
  };

  it('says again where it works, without the password', () => {
    expect(nextCommand('Load it first: waybill run aries --run r1', given)).toBe(
      'Load it first: waybill run aries --run r1 --source c01=mysql://reader:…@db:3306/c02 ' +
        "--target 'postgres://db/rehearsal?password=…&sslmode=disable' --target-database rehearsal --runs-dir 'it'\\''s here'",
    );
    expect(nextCommand('Look: waybill verify r1; or go on', given)).toBe(
      "Look: waybill verify r1 --runs-dir 'it'\\''s here'; or go on",
    );
    expect(nextCommand('See: waybill plan x', { source: ['reader:secret@db'] })).toBe('See: waybill plan x --source …');
  });

  it('stays as it is where nothing was said, or says it itself', () => {
    const nothing = { source: [], 'runs-dir': '.waybill/runs' };
    for (const text of [
      'Make it live: waybill cutover r1',
      'See: waybill --help',
      'This is no report of waybill: x.',
    ]) {
      expect(nextCommand(text, nothing)).toBe(text);
    }
    const own = 'Begin: waybill run aries --source URL --target URL';
    expect(nextCommand(own, { source: ['jsonl:x'], target: 'postgres://db/x' })).toBe(own);
  });

  it('is given the options that it takes, and no other', async () => {
    // Of the rejects, hints name the list only.
    const taken = await Promise.all(
      names.map(async (name) => [name, await optionsOf(name, name === 'rejects' ? ['list'] : undefined)] as const),
    );
    for (const [option, takers] of Object.entries(placeOptions)) {
      const those = taken.flatMap(([name, options]) => (options.includes(option) ? [name] : []));
      const named = [...takers.split(' '), ...(option === 'source' ? ['transform'] : [])];
      expect([option, named.sort()]).toEqual([option, those.sort()]);
    }
  });
});
