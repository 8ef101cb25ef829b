import { errorCodes, WaybillError } from '../../core/model/errors.ts';
import { visibleLines } from '../../core/visible-text.ts';
import { type GivenArguments, nextCommand } from '../next-command.ts';

/**
 * Prints an error on stderr: its message and its hint, whose commands work when typed. The cause is printed only if verbose.
 * @returns the exit code.
 */
export function reportError(error: unknown, given: GivenArguments, isVerbose: boolean): number {
  if (error instanceof WaybillError) {
    process.stderr.write(`waybill: ${visibleLines(error.message)}\n  hint: ${nextCommand(error.hint, given)}\n`);
    if (isVerbose) process.stderr.write(`  code: ${error.code}\n${stackOf(error.cause)}`);
    return error.exitCode;
  }
  process.stderr.write('waybill: An internal error stopped the command.\n');
  process.stderr.write('  hint: Run it again with --verbose and report the output; it may contain values.\n');
  if (isVerbose) process.stderr.write(stackOf(error));
  return errorCodes.internal;
}

function stackOf(cause: unknown): string {
  return cause === undefined ? '' : `${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`;
}
