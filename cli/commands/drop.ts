import type { CommandModule } from 'yargs';
import { logDropped } from '../../engine/cutover/cutover-events.ts';
import { dropRun } from '../../engine/cutover/rollback.ts';
import { withLiveSchemas } from '../../operations/with-live-schemas.ts';
import { optionsOf } from '../arguments.ts';
import { askPerson } from '../ask.ts';
import { type RunArguments, withRun } from '../command-options.ts';

/** `waybill drop`: drops the schema that a run no longer needs. */
export const dropCommand: CommandModule<object, RunArguments<'drop'>> = {
  command: 'drop <run>',
  describe: 'Drop the schema that a run no longer needs: its own or, once it is live, the one kept for rollback',
  builder: (yargs) => withRun(yargs, 'drop'),
  handler: async (args) => {
    await withLiveSchemas(optionsOf(args), askPerson(args), async ({ options }) => {
      const { schema } = await dropRun(options);
      if (args.json) process.stdout.write(`${JSON.stringify({ dropped: schema })}\n`);
      else process.stdout.write(schema === null ? 'nothing is left to drop\n' : `dropped  ${schema}\n`);
      if (schema !== null) await logDropped(options.log, schema);
    });
  },
};
