import { WaybillError } from '../core/model/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { shellQuote } from '../core/shell-quote.ts';
import { type CommandLine, commandLines, commandOf } from './commands.ts';

/** What yargs says of a line that it refuses. Its wording is fixed by the version in package-lock.json; a test compares it. */
const patterns = {
  unknown: /^Unknown (?:argument|command)s?: (.+)$/,
  fewWords: /^Not enough non-option arguments/,
  noValue: /^Not enough arguments following: (.+)$/,
};

/**
 * The error for a command line that the parser refuses: what is wrong in words, what was probably meant, and the help to read.
 * @param args the words after `waybill`.
 * @param known the options that the command takes.
 */
export function usageError(message: string, args: readonly string[], known: readonly string[]): WaybillError {
  const { words, line } = named(args);
  const see = `See: ${['waybill', ...words, '--help'].join(' ')}`;
  const error = (text: string, hint?: string): WaybillError =>
    new WaybillError('usage', text, { hint: hint === undefined ? see : `${hint}\n  ${see}` });
  const [, unknown] = patterns.unknown.exec(message) ?? [];
  if (unknown !== undefined) return unknownError(unknown.split(', '), args, known, error);
  if (patterns.fewWords.test(message)) return error(missingWord(args), ['Usage: waybill', line].join(' '));
  const [, option] = patterns.noValue.exec(message) ?? [];
  if (option !== undefined) return error(`--${option} needs a value.`);
  return error(message.endsWith('.') ? message : `${message}.`);
}

type MakeError = (text: string, hint?: string) => WaybillError;

function unknownError(
  unknown: readonly string[],
  args: readonly string[],
  known: readonly string[],
  error: MakeError,
): WaybillError {
  const isUnknown = (word: string): boolean => unknown.includes(word.replace(/^--?/, '').replace(/=.*/, ''));
  const option = args.find((word) => /^-[a-z]{2,}/i.test(word) || (word.startsWith('--') && isUnknown(word)));
  if (option !== undefined) {
    const name = option.replace(/=.*/, '');
    return error(`Unknown option: ${name}.`, meantOption(name.replace(/^-+/, ''), known));
  }
  const { words } = named(args);
  const given = args.filter((word) => !word.startsWith('-'));
  if (commandOf(args) === null) {
    const name = given.slice(0, words.length + 1).join(' ');
    return error(`Unknown command: ${name}.`, meantCommand(given, words.length));
  }
  const subject = unknown.length === 1 ? 'an argument' : 'the arguments';
  return error(`waybill ${words.join(' ')} does not take ${subject} ${unknown.join(', ')}.`);
}

function meantOption(given: string, known: readonly string[]): string | undefined {
  const typed = known.filter((name) => name.length > 1 && !/[A-Z]/.test(name));
  const name = nearestName(given, typed);
  return name === null ? undefined : `Did you mean --${name}?`;
}

/** @param place the number of the word that is not a command. */
function meantCommand(given: readonly string[], place: number): string | undefined {
  const before = given.slice(0, place);
  const siblings = commandLines.filter(({ words }) => before.every((word, i) => words[i] === word));
  const word = given[place] as string;
  const name = nearestName(word, [...new Set(siblings.map(({ words }) => words[place] as string))]);
  const other = commandLines.find(({ words }) => words.length > 1 && words.at(-1) === word);
  const words = other?.words ?? (name === null ? undefined : [...before, name]);
  if (words === undefined) return undefined;
  return `Did you mean: ${['waybill', ...words, ...given.slice(place + 1).map(shellQuote)].join(' ')}`;
}

/** The first thing that the line lacks: `The pipeline is missing.` */
function missingWord(args: readonly string[]): string {
  const { words, line } = named(args);
  const required = [...line.matchAll(/<([\w-]+)>/g)].map(([, name]) => (name as string).replace('-', ' '));
  const rest = args.filter((word) => !word.startsWith('-')).length - words.length;
  const missing = required[Math.min(Math.max(rest, 0), required.length - 1)] as string;
  return `The ${missing.replace('url', 'URL')} is missing.`;
}

/** The command that is meant: a group where the subcommand lacks or is unknown, no words where nothing is known. */
function named(args: readonly string[]): Pick<CommandLine, 'words' | 'line'> {
  const [first = ''] = args.filter((word) => !word.startsWith('-'));
  const isGroup = commandLines.some(({ words }) => words.length > 1 && words[0] === first);
  const words = isGroup ? [first] : [];
  return commandOf(args) ?? { words, line: [...words, '<command>'].join(' ') };
}
