import { shellQuote } from '../core/shell-quote.ts';
import { type CommandName, commandOptions, isDefault, notInherited, type OptionName } from './command-options.ts';

/** Options that say where a command works. A follow-up command repeats those that it takes. */
const placeOptions = ['source', 'target', 'target-database', 'live-schema', 'runs-dir'] as const;

/** Parsed arguments by option. */
export type GivenArguments = Readonly<Record<string, unknown>>;

/** In a message a command ends at a semicolon or at the end of the line. */
const commands = /\bwaybill ([a-z]+)(?: ([a-z]+))? [^;\n]*/g;

/**
 * Adds the given place options to each command in a message, so that it works when typed:
 * `waybill rollback r1` → `waybill rollback r1 --runs-dir elsewhere`. Passwords become `…`.
 */
export function nextCommand(text: string, given: GivenArguments): string {
  return text.replace(commands, (command, name: string, subcommand?: string) => {
    const repeated = inheritedOptions(name, subcommand).filter((option) => !command.includes(`--${option} `));
    return [command, ...repeated.flatMap((option) => optionWords(option, given[option]))].join(' ');
  });
}

function inheritedOptions(name: string, subcommand?: string): OptionName[] {
  const command = [`${name} ${subcommand}`, name].find(isCommand);
  if (command === undefined) return [];
  const taken: readonly OptionName[] = commandOptions[command];
  return placeOptions.filter((option) => taken.includes(option) && !notInherited[command]?.includes(option));
}

/** Writes a command again so that it resumes its run: as it was given, with `--run` and, where it exists, `--resume`. */
export function resumeCommand(given: GivenArguments, run: string | null): string {
  const { _: words = [], $0: _, pipeline, run: givenRun, resume, ...others } = given;
  const command = [words].flat().join(' ');
  const taken: readonly OptionName[] = isCommand(command) ? commandOptions[command] : [];
  const id = run ?? givenRun;
  const options = Object.entries(others).flatMap(
    ([option, value]) => (/[A-Z]/.test(option) ? [] : optionWords(option, value)), // yargs adds each option in camel case too
  );
  return [
    'waybill',
    command,
    ...(typeof pipeline === 'string' ? [shellQuote(pipeline)] : []),
    ...(taken.includes('run') && typeof id === 'string' ? [`--run ${shellQuote(id)}`] : []),
    ...(taken.includes('resume') && (run !== null || resume === true) ? ['--resume'] : []),
    ...options,
  ].join(' ');
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandOptions, name);
}

/** The option as it is typed; empty when it has its default value. */
function optionWords(option: string, value: unknown): string[] {
  if (isDefault(option, value)) return [];
  if (value === true) return [`--${option}`];
  const isUrl = option === 'source' || option === 'target';
  return [value]
    .flat()
    .map((each) => `--${option} ${shellQuote(isUrl ? withoutPassword(String(each)) : String(each))}`);
}

/** Hides a URL without a scheme entirely, because its password cannot be recognised. */
function withoutPassword(url: string): string {
  if (!/^(\w+=)?(\w+:\/\/|jsonl?:|csv:)/.test(url)) return '…';
  return url.replace(/(:\/\/[^:@/]*):.*@/, '$1:…@').replace(/([?&][^=&]*password=)[^&]*/gi, '$1…');
}
