import type { CommandModule } from 'yargs';
import { logDropped } from '../../engine/cutover/cutover-events.ts';
import { dropRun } from '../../engine/cutover/rollback.ts';
import { type RunArguments, withRunOptions } from '../arguments.ts';
import { cutoverOptionNames, withCutover } from '../with-cutover.ts';

type DropArguments = RunArguments<(typeof cutoverOptionNames)[number]>;

/** `waybill drop`: the schema that a run no longer needs. */
export const dropCommand: CommandModule<object, DropArguments> = {
  command: 'drop <run>',
  describe: 'Drop what a run no longer needs: its schema, or once it is live what was kept for a rollback',
  builder: (yargs) => withRunOptions(yargs, cutoverOptionNames),
  handler: async (args) => {
    await withCutover(args, async ({ options }) => {
      const { schema } = await dropRun(options);
      if (args.json) process.stdout.write(`${JSON.stringify({ dropped: schema })}\n`);
      else process.stdout.write(schema === null ? 'nothing is left to drop\n' : `dropped  ${schema}\n`);
      if (schema !== null) await logDropped(options.log, schema);
    });
  },
};
