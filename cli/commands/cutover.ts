import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { cutOver } from '../../engine/cutover/cutover.ts';
import { type RunArguments, withRunOptions } from '../arguments.ts';
import { openTarget, targetUrl } from '../connections.ts';
import { readReport } from '../output/print-result.ts';
import { packageRoot } from '../package-root.ts';
import { changeLive, cutoverOptionNames } from '../with-cutover.ts';

type CutoverArguments = RunArguments<(typeof cutoverOptionNames)[number]> & {
  append: boolean;
  despite?: string | undefined;
  'carry-extras': boolean;
  leave: string[];
  'backup-command'?: string | undefined;
  'backup-file'?: string | undefined;
};

/** `waybill cutover`: the schema that a run was loaded into becomes the live one. */
export const cutoverCommand: CommandModule<object, CutoverArguments> = {
  command: 'cutover <run>',
  describe: 'Make a proved run live: swap its schema in, or add its tenant to the live one',
  builder: (yargs) =>
    withRunOptions(yargs, cutoverOptionNames)
      .option('append', { type: 'boolean', default: false, describe: "Add the run's tenant to the live schema" })
      .option('despite', { type: 'string', requiresArg: true, describe: 'Why, when the run is not proved; recorded' })
      .option('carry-extras', {
        type: 'boolean',
        default: false,
        describe: 'Make in the new schema what a hand made in the live one',
      })
      .option('leave', {
        type: 'string',
        array: true,
        requiresArg: true,
        default: [] as string[],
        describe: 'What a hand made and may stay behind, or all; repeatable',
      })
      .option('backup-command', {
        type: 'string',
        requiresArg: true,
        describe: 'Shell command that writes $WAYBILL_BACKUP_FILE; pg_dump when not given',
      })
      .option('backup-file', { type: 'string', requiresArg: true, describe: 'A backup that was made already' }),
  handler: async (args) => {
    refuseEmptyReason(args.despite);
    await changeLive(args, async ({ options, pipeline, params }) =>
      cutOver({
        ...options,
        isAppend: args.append,
        verdict: await verdictIn(options.log.folder, args.run),
        forceReason: args.despite ?? null,
        unmanaged: { keep: args['carry-extras'], drop: args.leave },
        backup: { file: args['backup-file'], command: args['backup-command'] },
        migrations: resolve(packageRoot, pipeline.target.migrations),
        openTarget: (schema) => openTarget(targetUrl(args.target, process.env), schema, pipeline, params),
      }),
    );
  },
};

function refuseEmptyReason(reason: string | undefined): void {
  if (reason === undefined || reason.trim() !== '') return;
  throw new WaybillError('usage', '--despite gives no reason.', { hint: 'Say why; it is recorded.' });
}

/** Null when the run was not validated. */
async function verdictIn(folder: string, run: string): Promise<'pass' | 'fail' | 'incomplete' | null> {
  try {
    return (await readReport(folder, run)).verdict;
  } catch (error) {
    if (error instanceof WaybillError && error.code === 'run-unfinished') return null;
    throw error;
  }
}
