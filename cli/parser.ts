import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import yargs, { type Argv } from 'yargs';
import { version } from '../operations/package-root.ts';
import { missingSubcommand } from './command-options.ts';
import { commands } from './commands.ts';
import { usageError } from './usage-error.ts';

/** Help is never wider than this; a narrower terminal gets narrower help. */
const MAX_COLUMNS = 100;

/** Makes the parser of waybill's command line; a command's handler runs when the line is parsed. */
export function parserOf(args: readonly string[]): Argv<{ verbose: boolean }> {
  const parser: Argv = commands
    .reduce((y, command) => y.command(command), yargs([...args]))
    .scriptName('waybill')
    .locale('en')
    .usage('$0 <command>\n\nMigrates legacy databases to PostgreSQL and proves that nothing was lost.')
    .option('verbose', { type: 'boolean', describe: 'Show the cause of an error' })
    .alias('help', 'h')
    .demandCommand(1, missingSubcommand)
    .strict()
    .version(version)
    .alias('version', 'v')
    .exitProcess(false)
    .wrap(Math.min(MAX_COLUMNS, process.stdout.columns ?? MAX_COLUMNS));
  return parser
    .middleware((values) => {
      fillOff(values, optionsOf(parser));
      splitRunPath(values);
    })
    .fail((message, error) => {
      // yargs throws a YError for a missing value. An error from a command is passed on unchanged.
      if (error && error.name !== 'YError') throw error;
      throw usageError(message ?? error.message, args, Object.keys(optionsOf(parser).key));
    }) as Argv<{ verbose: boolean }>;
}

/** What yargs knows of the options of the command that it parses. Its types do not have it. */
interface KnownOptions {
  readonly key: Readonly<Record<string, unknown>>;
  readonly boolean: readonly string[];
  readonly array: readonly string[];
}

/** The options that a parser knows. */
export function optionsOf(parser: unknown): KnownOptions {
  return (parser as { getOptions(): KnownOptions }).getOptions();
}

/** An option that is off is false, and a list without members is empty. As defaults they would stand in each line of the help. */
function fillOff(values: Record<string, unknown>, { boolean, array }: KnownOptions): void {
  for (const name of boolean) values[name] ??= false;
  for (const name of array) values[name] ??= [];
}

/** The path of a run's folder, which a shell completes, is its id and the directory of the runs. */
function splitRunPath(values: Record<string, unknown>): void {
  for (const name of ['run', 'from-run']) {
    const { [name]: given } = values;
    if (typeof given !== 'string' || !given.includes('/') || !existsSync(join(given, 'manifest.json'))) continue;
    const path = resolve(given);
    Object.assign(values, { [name]: basename(path), 'runs-dir': relative('', dirname(path)) || '.' });
  }
}
