import type { Argv, CommandModule } from 'yargs';
import { cutOverRun } from '../../operations/cutover.ts';
import { optionsOf } from '../arguments.ts';
import { askPerson } from '../ask.ts';
import { type RunArguments, withRun } from '../command-options.ts';
import { printChange } from '../output/print-change.ts';

type CutoverArguments = RunArguments<'cutover'> & {
  append: boolean;
  force: boolean;
  reason?: string | undefined;
  'keep-unmanaged': boolean;
  'drop-unmanaged': string[];
  'backup-command'?: string | undefined;
  'backup-file'?: string | undefined;
};

/** `waybill cutover`: makes the schema that a run was loaded into the live one. */
export const cutoverCommand: CommandModule<object, CutoverArguments> = {
  command: 'cutover <run>',
  describe: 'Make a proved run live: swap its schema in, or add its tenant to the live schema',
  builder: (yargs) =>
    withRun(yargs, 'cutover')
      .option('append', { type: 'boolean', describe: "Add the run's tenant to the live schema" })
      .option('force', {
        type: 'boolean',
        describe: 'Cut over even if the run is not proved or drops appended tenants; needs --reason',
      })
      .option('reason', { type: 'string', requiresArg: true, describe: 'Reason for --force; recorded in the cutover' })
      .option('keep-unmanaged', {
        type: 'boolean',
        describe: 'Recreate in the new schema the objects that were made by hand in the live one',
      })
      .option('drop-unmanaged', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Object made by hand that may be left behind, or all; repeatable',
      })
      .option('backup-command', {
        type: 'string',
        requiresArg: true,
        describe: 'Shell command that writes $WAYBILL_BACKUP_FILE; pg_dump by default',
      })
      .option('backup-file', {
        type: 'string',
        requiresArg: true,
        describe: 'A backup that already exists',
      }) as unknown as Argv<CutoverArguments>,
  handler: async (args) => {
    const onOutput = (text: string): void => void process.stderr.write(text);
    printChange(await cutOverRun(optionsOf(args), { ...askPerson(args), onOutput }), args);
  },
};
