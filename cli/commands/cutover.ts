import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { cutOver } from '../../engine/cutover/cutover.ts';
import { type RunArguments, withRun } from '../command-options.ts';
import { openTarget, targetUrl } from '../connections.ts';
import { readReport } from '../output/print-result.ts';
import { packageRoot } from '../package-root.ts';
import { changeLive } from '../with-cutover.ts';

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
      .option('append', { type: 'boolean', default: false, describe: "Add the run's tenant to the live schema" })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Cut over even if the run is not proved or drops appended tenants; needs --reason',
      })
      .option('reason', { type: 'string', requiresArg: true, describe: 'Reason for --force; recorded in the cutover' })
      .option('keep-unmanaged', {
        type: 'boolean',
        default: false,
        describe: 'Recreate in the new schema the objects that were made by hand in the live one',
      })
      .option('drop-unmanaged', {
        type: 'string',
        array: true,
        requiresArg: true,
        default: [] as string[],
        describe: 'Object made by hand that may be left behind, or all; repeatable',
      })
      .option('backup-command', {
        type: 'string',
        requiresArg: true,
        describe: 'Shell command that writes $WAYBILL_BACKUP_FILE; pg_dump by default',
      })
      .option('backup-file', { type: 'string', requiresArg: true, describe: 'A backup that already exists' }),
  handler: cutOverRun,
};

/** Makes a run live and prints what was done. */
export async function cutOverRun(args: CutoverArguments): Promise<void> {
  const forceReason = forceReasonOf(args);
  await changeLive(args, async ({ options, pipeline, params, manifest }) =>
    cutOver({
      ...options,
      isAppend: args.append,
      verdict: await verdictIn(options.log.folder, args.run),
      proved: manifest.validation?.state ?? null,
      forceReason,
      unmanaged: { keep: args['keep-unmanaged'], drop: args['drop-unmanaged'] },
      backup: { file: args['backup-file'], command: args['backup-command'] },
      migrations: resolve(packageRoot, pipeline.target.migrations),
      openTarget: (schema) => openTarget(targetUrl(args.target, process.env), schema, pipeline, params),
    }),
  );
}

/** @throws WaybillError 'usage' unless `--force` and `--reason` are given together. */
function forceReasonOf({ force, reason }: CutoverArguments): string | null {
  if (!force && reason === undefined) return null;
  if (!force)
    throw new WaybillError('usage', '--reason is only for --force.', { hint: 'Add --force, or omit --reason.' });
  if (reason !== undefined && reason.trim() !== '') return reason;
  throw new WaybillError('usage', '--force needs a reason, which is recorded.', { hint: "Add --reason 'why'." });
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
