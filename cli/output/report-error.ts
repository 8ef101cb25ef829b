import { errorCodes, WaybillError } from '../../core/model/errors.ts';
import { visibleLines } from '../../core/visible-text.ts';
import { type GivenArguments, nextCommand } from '../next-command.ts';

/** How an error is printed. */
interface ErrorStyle {
  /** With the code and the cause, which may hold values. */
  readonly isVerbose: boolean;
  /** On stdout too, as `{"error":{…}}`, for a program that reads it. */
  readonly asJson: boolean;
}

/**
 * Prints an error on stderr: its message and its hint, whose commands work when typed.
 * @returns the exit code.
 */
export function reportError(error: unknown, given: GivenArguments, { isVerbose, asJson }: ErrorStyle): number {
  const { code, exitCode, message, hint } = factsOf(error, given);
  process.stderr.write(`waybill: ${message}\n  hint: ${hint}\n`);
  if (asJson) process.stdout.write(`${JSON.stringify({ error: { code, exitCode, message, hint } })}\n`);
  if (isVerbose && error instanceof WaybillError) process.stderr.write(`  code: ${code}\n${stackOf(error.cause)}`);
  else if (isVerbose) process.stderr.write(stackOf(error));
  return exitCode;
}

function factsOf(error: unknown, given: GivenArguments) {
  if (error instanceof WaybillError) {
    const { code, exitCode, message, hint } = error;
    return { code, exitCode, message: visibleLines(message), hint: nextCommand(hint, given) };
  }
  return {
    code: 'internal',
    exitCode: errorCodes.internal,
    message: 'An internal error stopped the command.',
    hint: 'Run it again with --verbose and report the output; it may contain values.',
  };
}

function stackOf(cause: unknown): string {
  return cause === undefined ? '' : `${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`;
}
