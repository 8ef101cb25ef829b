import type { CommandModule } from 'yargs';
import { tellDropped } from '../../engine/live-log.ts';
import { dropRun } from '../../engine/rollback.ts';
import { type RunArguments, withRunOptions } from '../arguments.ts';
import { liveOptionNames, withLiveRun } from '../live-run.ts';

type DropArguments = RunArguments<(typeof liveOptionNames)[number]>;

/** `waybill drop`: the schema that a run no longer needs. */
export const dropCommand: CommandModule<object, DropArguments> = {
  command: 'drop <run>',
  describe: 'Drop what a run no longer needs: its schema, or once it is live what was kept for a rollback',
  builder: (yargs) => withRunOptions(yargs, liveOptionNames),
  handler: async (args) => {
    await withLiveRun(args, async ({ options }) => {
      const { schema } = await dropRun(options);
      if (args.json) process.stdout.write(`${JSON.stringify({ dropped: schema })}\n`);
      else process.stdout.write(schema === null ? 'nothing is left to drop\n' : `dropped  ${schema}\n`);
      if (schema !== null) await tellDropped(options.log, schema);
    });
  },
};
