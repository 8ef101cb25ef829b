import type { CommandModule } from 'yargs';
import { exitCodes } from '../../core/model/errors.ts';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { type Verification, verifyRun } from '../../engine/verify/verify-run.ts';
import { parseReport } from '../../reports/model.ts';
import { openDirectory } from '../engine-options.ts';
import { publicKey } from '../keys.ts';
import { requireFolder } from '../resolve-run.ts';

interface VerifyArguments {
  run: string;
  'runs-dir': string;
  'public-key': string | undefined;
  head: string | undefined;
  json: boolean;
}

/** `waybill verify`: whether a run folder is as waybill left it; needs no database. */
export const verifyCommand: CommandModule<object, VerifyArguments> = {
  command: 'verify <run>',
  describe: 'Look whether a run folder is as waybill left it, without a database',
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', demandOption: true, describe: 'Id of the run' })
      .option('runs-dir', { type: 'string', default: '.waybill/runs', describe: 'Where run folders lie' })
      .option('public-key', {
        type: 'string',
        requiresArg: true,
        describe: 'File with the Ed25519 key (PEM) whose signature the run must bear',
      })
      .option('head', {
        type: 'string',
        requiresArg: true,
        describe: 'Hash that the run printed at its end, kept elsewhere',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print the result as JSON' }) as never,
  handler: async (args) => {
    const key = await publicKey(args['public-key']);
    const folder = runFolder(args['runs-dir'], args.run);
    await requireFolder(folder.path, args.run);
    const result = await verifyRun({ folder, publicKey: key, head: args.head ?? null, openDirectory, parseReport });
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : textOf(result, key !== null));
    if (result.mismatch !== null) process.exitCode = exitCodes.failed;
    else process.exitCode = result.isFinished ? exitCodes.passed : exitCodes.incomplete;
  },
};

function textOf(result: Verification, isChecked: boolean): string {
  const { run, mismatch } = result;
  if (mismatch !== null) return `CHANGED  ${run}\n  ${mismatch}\n`;
  const { events, files, head, isFinished, isSigned, unknownFiles } = result;
  const signature = isSigned ? (isChecked ? 'by this key' : 'yes; check it with --public-key') : 'no';
  return [
    isFinished ? `FITS  ${run}` : `UNFINISHED  ${run}: what there is fits so far`,
    `  events  ${events}`,
    `  files   ${files}${unknownFiles > 0 ? `, and ${unknownFiles} that no event tells of yet` : ''}`,
    `  signed  ${signature}`,
    `  head    ${head}`,
    '',
  ].join('\n');
}
