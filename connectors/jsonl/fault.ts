import { WaybillError } from '../../core/errors.ts';

/** What is wrong with a file, and at which line when it has one. Never a cell value: `what` names places and types. */
export function damaged(file: string, what: string, cause?: unknown): WaybillError {
  return new WaybillError('part-damaged', `${file}: ${what}.`, {
    hint: 'Export this part again, or restore the file from where it was copied.',
    cause,
  });
}

/** A line that no JSON parser takes; the parser's own message is left out because it quotes the line. */
export function notJson(file: string, line: number, what = 'is not JSON'): WaybillError {
  return new WaybillError('not-json', `${file}: line ${line} ${what}.`, {
    hint: 'Export this part again, or correct the line in a file made elsewhere.',
  });
}

/** A value whose JSON type or text does not fit its column. */
export function wrongValue(file: string, line: number, column: string, wanted: string): WaybillError {
  return damaged(file, `line ${line}, column "${column}" does not hold ${wanted}`);
}

/** A directory or file that cannot be opened. */
export function unavailable(message: string, hint: string, cause?: unknown): WaybillError {
  return new WaybillError('source-unavailable', message, { hint, cause });
}

/** The system's code of an error, such as ENOENT; empty when it has none. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : '';
}
