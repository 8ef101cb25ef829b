import type { Cutover } from '../../core/ports/cutover.ts';
import type { Change } from '../../engine/cutover/cutover.ts';
import { type GivenArguments, nextCommand } from '../next-command.ts';

/** Prints the result of a cutover or rollback on stdout. */
export function printChange({ cutover, isNew }: Change, args: GivenArguments & { readonly json: boolean }): void {
  if (args.json) process.stdout.write(`${JSON.stringify({ ...cutover, isNew })}\n`);
  else process.stdout.write(`${nextCommand(lines(cutover, isNew).join('\n'), args)}\n`);
}

function lines(cutover: Cutover, isNew: boolean): string[] {
  const { run, live, before, tenant, state, reason, backup, at, kind, shadow } = cutover;
  const since = isNew ? '' : ` already, since ${at}`;
  if (state === 'rolled-back') {
    const back = before === null ? `there is no schema ${live}` : `${live} is what it was before run ${run}`;
    return kind === 'append'
      ? [`removed      tenant ${tenant} of run ${run} from ${live}${since}`]
      : [`rolled back  ${back}${since}`, `             run ${run} is in ${shadow}`];
  }
  const what = kind === 'append' ? `tenant ${tenant} of run ${run} is in ${live}` : `run ${run} is ${live}`;
  return [
    `live  ${what}${since}`,
    ...(before === null ? [] : [`      the previous schema is ${before}`]),
    ...(reason === null ? [] : [`      forced; reason: ${reason}`]),
    ...(backup === null ? [] : [`      backup ${backup.file}, ${backup.bytes} bytes, sha256 ${backup.sha256}`]),
    `undo  waybill rollback ${run}`,
  ];
}
