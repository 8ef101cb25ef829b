import { errorCodes, WaybillError } from '../../core/model/errors.ts';
import { type GivenArguments, nextCommand } from '../next-command.ts';

/**
 * Tells an error on stderr, its sentence and its hint, whose commands can be typed as they stand; the cause only when asked.
 * @returns the exit code.
 */
export function reportError(error: unknown, given: GivenArguments, isVerbose: boolean): number {
  if (error instanceof WaybillError) {
    process.stderr.write(`waybill: ${error.message}\n  hint: ${nextCommand(error.hint, given)}\n`);
    if (isVerbose) process.stderr.write(`  code: ${error.code}\n${stackOf(error.cause)}`);
    return error.exitCode;
  }
  process.stderr.write('waybill: An internal error stopped the command.\n');
  process.stderr.write('  hint: Run it again with --verbose and report what it prints; it may hold values.\n');
  if (isVerbose) process.stderr.write(stackOf(error));
  return errorCodes.internal;
}

function stackOf(cause: unknown): string {
  return cause === undefined ? '' : `${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`;
}
