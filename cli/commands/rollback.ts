import type { CommandModule } from 'yargs';
import { rollBack } from '../../engine/cutover/rollback.ts';
import { type RunArguments, withRunOptions } from '../arguments.ts';
import { changeLive, cutoverOptionNames } from '../with-cutover.ts';

type RollbackArguments = RunArguments<(typeof cutoverOptionNames)[number]> & { 'yes-lose-writes': boolean };

/** `waybill rollback`: what was live before a cutover is live again. */
export const rollbackCommand: CommandModule<object, RollbackArguments> = {
  command: 'rollback <run>',
  describe: 'Take a cutover back: the schema from before is live again, or the tenant is out again',
  builder: (yargs) =>
    withRunOptions(yargs, cutoverOptionNames).option('yes-lose-writes', {
      type: 'boolean',
      default: false,
      describe: 'Go back although the live schema was written to since the cutover',
    }),
  handler: async (args) => {
    const mayLoseWrites = args['yes-lose-writes'];
    await changeLive(args, ({ options }) => rollBack({ ...options, discardsWrites: mayLoseWrites }));
  },
};
