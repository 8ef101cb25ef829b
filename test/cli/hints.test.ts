import { describe, expect, it } from 'vitest';
import { commandOptions } from '../../cli/command-options.ts';
import { commands } from '../../cli/commands.ts';
import { nextCommand, resumeCommand } from '../../cli/next-command.ts';
import { parserOf } from '../../cli/parser.ts';
import { environmentVariables, sentences } from '../support/sentences.ts';

/** The scripts for shells are not sentences. */
const all = sentences().filter(({ place }) => !place.startsWith('cli/commands/completion.ts'));
const names = commands.map(({ command }) => String(command).split(' ')[0] as string);
const command = new RegExp(`\\bwaybill ((?:${names.join('|')})\\b[^;\\n]*)`, 'g');

/** Commands with subcommands, and those of them with the most options. */
const subcommands: Readonly<Record<string, readonly string[]>> = { schema: ['up'], rejects: ['show', 'replay'] };

async function optionsOf(name: string): Promise<string[]> {
  const lines = (subcommands[name] ?? ['']).map((each) => [...name.split(' '), each].filter(Boolean));
  const help = await Promise.all(lines.map((words) => parserOf(words).getHelp()));
  return [...help.join('\n').matchAll(/^ {2,6}--([a-z-]+)/gm)].map(([, option]) => option as string);
}

class Accepted extends Error {}

/** Why waybill refuses these words as a command, or null if it accepts them. Runs nothing. */
async function refusalOf(words: readonly string[]): Promise<string | null> {
  const accept = (): never => {
    throw new Accepted();
  };
  try {
    await parserOf(words).middleware(accept).parseAsync();
    return 'it is not a command';
  } catch (error) {
    return error instanceof Accepted ? null : (error as Error).message;
  }
}

describe('the commands in hints and messages', () => {
  it('are accepted by waybill, with all their arguments', async () => {
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

  it('are never composed in a way that this test cannot read', () => {
    const hidden = all.filter(({ text }) => /.\bwaybill ‹›|(?<!SOURCE_)<\w+>/.test(text));
    expect(hidden).toEqual([]);
  });

  it('name only options that exist', async () => {
    const known = new Set((await Promise.all(names.map((name) => optionsOf(name)))).flat());
    const others = /npm install without --\S+|pg_dump --.*/g;
    const named = all.flatMap(({ place, text }) =>
      [...text.replace(others, '').matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, option]) => ({ place, option })),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ option }) => !known.has(option as string))).toEqual([]);
  });

  it('name only environment variables that waybill knows', () => {
    const known = environmentVariables();
    const named = all.flatMap(({ place, text }) =>
      [...text.matchAll(/\b(WAYBILL_[A-Z_]*[A-Z])(?![A-Z_‹])/g)].map(([, variable]) => ({ place, variable })),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ variable }) => !known.has(variable as string))).toEqual([]);
  });
});

describe('a follow-up command', () => {
  const given = {
    source: ['c01=mysql://reader:se@cret@db:3306/c02'],
    target: 'postgres://db/rehearsal?password=secret&sslmode=disable',
    'target-database': 'rehearsal',
    'runs-dir': "it's here",
  };

  it('repeats the place options that were given, without passwords', () => {
    expect(nextCommand('Load it first: waybill run aries --run r1', given)).toBe(
      'Load it first: waybill run aries --run r1 --source c01=mysql://reader:…@db:3306/c02 ' +
        "--target 'postgres://db/rehearsal?password=…&sslmode=disable' --target-database rehearsal --runs-dir 'it'\\''s here'",
    );
    expect(nextCommand('Look: waybill verify r1; or resume', given)).toBe(
      "Look: waybill verify r1 --runs-dir 'it'\\''s here'; or resume",
    );
    expect(nextCommand('See: waybill plan x', { source: ['reader:secret@db'] })).toBe('See: waybill plan x --source …');
  });

  it('stays as it is when no place option was given, or when it names one itself', () => {
    const nothing = { source: [], 'runs-dir': '.waybill/runs' };
    for (const text of [
      'Make it live: waybill cutover r1',
      'See: waybill --help',
      'This is not a report of waybill: x.',
    ]) {
      expect(nextCommand(text, nothing)).toBe(text);
    }
    const own = 'Begin: waybill run aries --source URL --target URL';
    expect(nextCommand(own, { source: ['jsonl:x'], target: 'postgres://db/x' })).toBe(own);
  });

  it.each(Object.keys(commandOptions))(
    'waybill %s repeats each place option that it takes, and no other',
    async (name) => {
      const places = {
        source: ['jsonl:x'],
        target: 'postgres://db/x',
        'target-database': 'x',
        'live-schema': 'l',
        'runs-dir': 'r',
      };
      const help = await parserOf(name.split(' ')).getHelp();
      const taken = Object.keys(places).filter((option) => help.includes(` --${option} `));
      const repeated = nextCommand(`See: waybill ${name} x`, places).matchAll(/--(\S+)/g);
      const inherited = name === 'transform' ? taken.filter((option) => option !== 'source') : taken;
      expect([...repeated].map(([, option]) => option)).toEqual(inherited);
    },
  );
});

describe('the command that resumes a run', () => {
  const parsed = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
    let given = {};
    const accept = (args: object): never => {
      given = args;
      throw new Accepted();
    };
    try {
      await parserOf(words).middleware(accept).parseAsync();
    } catch (error) {
      if (!(error instanceof Accepted)) throw error;
    }
    return given;
  };

  it('repeats what was typed, without passwords, and adds the run', async () => {
    const source = ['--source', 'mysql://reader:secret@db/c01', '--max-rejects', '5', '--max-rejects', 'tbl_order=1%'];
    const given = await parsed('run', 'aries', ...source, '--staged', '--jobs', '4', '--quiet');
    expect(resumeCommand(given, 'march')).toBe(
      'waybill run aries --run march --resume --source mysql://reader:…@db/c01 --max-rejects 5 --max-rejects tbl_order=1% --staged --jobs 4 --quiet',
    );
  });

  it('is the same command when it already resumes', async () => {
    const given = await parsed('export', 'aries', '--run', 'march', '--resume');
    expect(resumeCommand(given, 'march')).toBe('waybill export aries --run march --resume');
    expect(resumeCommand(given, null)).toBe('waybill export aries --run march --resume');
  });

  it('begins again when the run has no folder yet', async () => {
    expect(resumeCommand(await parsed('run', 'aries'), null)).toBe('waybill run aries');
    expect(resumeCommand(await parsed('demo'), 'march')).toBe('waybill demo aries');
  });

  it('names only the run for a command without --resume', async () => {
    const given = await parsed('rejects', 'replay', 'aries', '--cause', '2', '--runs-dir', 'elsewhere');
    expect(resumeCommand(given, 'march')).toBe(
      'waybill rejects replay aries --run march --cause 2 --runs-dir elsewhere',
    );
    expect(resumeCommand(await parsed('import', 'aries'), 'march')).toBe('waybill import aries --run march');
  });
});
