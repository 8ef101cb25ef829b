import type { Argv, CommandModule } from 'yargs';
import { rollBackRun } from '../../operations/cutover.ts';
import { optionsOf } from '../arguments.ts';
import { askPerson } from '../ask.ts';
import { type RunArguments, withRun } from '../command-options.ts';
import { printChange } from '../output/print-change.ts';

type RollbackArguments = RunArguments<'rollback'> & { 'discard-writes': boolean };

/** `waybill rollback`: makes the schema from before a cutover live again. */
export const rollbackCommand: CommandModule<object, RollbackArguments> = {
  command: 'rollback <run>',
  describe: 'Undo a cutover: make the previous schema live again, or remove the appended tenant',
  builder: (yargs) =>
    withRun(yargs, 'rollback').option('discard-writes', {
      type: 'boolean',
      describe: 'Roll back even if the live schema was written to since the cutover',
    }) as unknown as Argv<RollbackArguments>,
  handler: async (args) => printChange(await rollBackRun(optionsOf(args), askPerson(args)), args),
};
