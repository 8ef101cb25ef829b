import yargs, { type Argv } from 'yargs';
import { WaybillError } from '../core/model/errors.ts';
import { version } from '../operations/package-root.ts';
import { commands } from './commands.ts';

/** Makes the parser of waybill's command line; a command's handler runs when the line is parsed. */
export function parserOf(args: readonly string[]): Argv<{ verbose: boolean }> {
  return commands
    .reduce((y, command) => y.command(command), yargs([...args]))
    .scriptName('waybill')
    .locale('en')
    .usage('$0 <command>\n\nMigrates legacy databases to PostgreSQL and proves that nothing was lost.')
    .option('verbose', { type: 'boolean', default: false, describe: 'Show the cause of an error' })
    .demandCommand(1, 'Which command?')
    .strict()
    .version(version)
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      // yargs throws a YError for a missing value. An error from a command is passed on unchanged.
      if (error && error.name !== 'YError') throw error;
      throw new WaybillError('usage', message ?? error.message, { hint: 'See: waybill --help' });
    });
}
