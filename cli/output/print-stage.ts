import type { StageResult } from '../../engine/stages/stage-runs.ts';
import { type GivenArguments, nextCommand } from '../next-command.ts';

/** Prints where a stage wrote its output and the command to type next. */
export function printStage(result: StageResult, next: string, args: GivenArguments & { readonly json: boolean }): void {
  process.stdout.write(
    args.json
      ? `${JSON.stringify(result)}\n`
      : `run   ${result.run}\nin    ${result.path}\nnext  ${nextCommand(next, args)}\n`,
  );
}
