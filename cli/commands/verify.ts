import type { CommandModule } from 'yargs';
import { exitCodes } from '../../core/model/errors.ts';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { type Verification, verifyRun } from '../../engine/verify/verify-run.ts';
import { openDirectory } from '../../operations/engine-options.ts';
import { readPublicKey } from '../../operations/evidence/signing-keys.ts';
import { requireFolder } from '../../operations/resolve-run.ts';
import { parseReport } from '../../reports/model.ts';
import { type RunArguments, withRun } from '../command-options.ts';

type VerifyArguments = RunArguments<'verify'> & { 'public-key'?: string | undefined; head?: string | undefined };

/** `waybill verify`: checks that a run folder is as waybill left it. Needs no database. */
export const verifyCommand: CommandModule<object, VerifyArguments> = {
  command: 'verify <run>',
  describe: 'Check that nobody changed a run folder since waybill wrote it; needs no database',
  builder: (yargs) =>
    withRun(yargs, 'verify')
      .option('public-key', {
        type: 'string',
        requiresArg: true,
        describe: 'File with the Ed25519 public key (PEM) that must match the signature of the run',
      })
      .option('head', {
        type: 'string',
        requiresArg: true,
        describe: 'Head hash that the run printed at its end, from your own records',
      }),
  handler: async (args) => {
    const publicKey = await readPublicKey(args['public-key']);
    const folder = runFolder(args['runs-dir'], args.run);
    await requireFolder(folder.path, args.run);
    const result = await verifyRun({ folder, publicKey, head: args.head ?? null, openDirectory, parseReport });
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : textOf(result, publicKey !== null));
    if (result.mismatch !== null) process.exitCode = exitCodes.failed;
    else {
      const isWhole = publicKey === null || result.signedEvents === result.events;
      process.exitCode = result.isFinished && isWhole ? exitCodes.passed : exitCodes.incomplete;
    }
  },
};

function textOf(result: Verification, isChecked: boolean): string {
  const { run, mismatch } = result;
  if (mismatch !== null) return `TAMPERED  ${run}\n  ${mismatch}\n`;
  const { events, files, head, isFinished, isSigned, signedEvents, unknownFiles } = result;
  const part = signedEvents < events ? `, events 1 to ${signedEvents} only: the later ones are not signed` : '';
  const signature = isSigned ? (isChecked ? `by this key${part}` : `yes${part}; check it with --public-key`) : 'no';
  return [
    isFinished ? `INTACT  ${run}` : `INCOMPLETE  ${run}: intact, but the run has not finished`,
    `  events  ${events}`,
    `  files   ${files}${unknownFiles > 0 ? `, and ${unknownFiles} that no event lists yet` : ''}`,
    `  signed  ${signature}`,
    `  head    ${head}`,
    '',
  ].join('\n');
}
