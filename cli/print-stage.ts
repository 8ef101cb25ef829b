import type { StageResult } from '../engine/stages.ts';

/** Prints where a stage left its work and what to type next. */
export function printStage(result: StageResult, next: string, asJson: boolean): void {
  process.stdout.write(
    asJson ? `${JSON.stringify(result)}\n` : `run   ${result.run}\nin    ${result.path}\nnext  ${next}\n`,
  );
}
