import type { CommandModule } from 'yargs';
import { rollBack } from '../../engine/cutover/rollback.ts';
import { type RunArguments, withRun } from '../command-options.ts';
import { changeLive } from '../with-cutover.ts';

type RollbackArguments = RunArguments<'rollback'> & { 'discard-writes': boolean };

/** `waybill rollback`: makes the schema from before a cutover live again. */
export const rollbackCommand: CommandModule<object, RollbackArguments> = {
  command: 'rollback <run>',
  describe: 'Undo a cutover: make the previous schema live again, or remove the appended tenant',
  builder: (yargs) =>
    withRun(yargs, 'rollback').option('discard-writes', {
      type: 'boolean',
      default: false,
      describe: 'Roll back even if the live schema was written to since the cutover',
    }),
  handler: (args) =>
    changeLive(args, ({ options }) => rollBack({ ...options, discardsWrites: args['discard-writes'] })),
};
