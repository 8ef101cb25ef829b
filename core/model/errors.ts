/**
 * Every way a command can stop, with its exit code. 0 done and proved · 1 checks found differences · 2 usage or
 * configuration · 3 the plan refused · 4 stopped, resumable · 5 internal · 6 incomplete.
 */
export const errorCodes = {
  usage: 2,
  configuration: 2,
  'unknown-pipeline': 2,
  'source-unavailable': 2,
  'source-refused-login': 2,
  'source-missing-table': 3,
  'target-unavailable': 2,
  'target-refused-login': 2,
  'target-not-empty': 2,
  'target-refused': 4,
  'server-unavailable': 2,
  'plan-refused': 3,
  drift: 3,
  'cutover-refused': 3,
  'shared-differs': 3,
  'part-damaged': 4,
  'not-json': 4,
  'source-interrupted': 4,
  'target-interrupted': 4,
  'too-many-rejects': 4,
  stopped: 4,
  'disk-full': 4,
  'run-unknown': 2,
  'run-unfinished': 2,
  'run-exists': 2,
  'run-locked': 2,
  'target-unnamed': 2,
  'cutover-unproved': 2,
  'backup-missing': 2,
  'writes-would-be-lost': 2,
  'target-busy': 4,
  internal: 5,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** The exit codes that are not an error's. */
export const exitCodes = { passed: 0, failed: 1, incomplete: 6 } as const;

/**
 * The one error of waybill: a code, a sentence that names table, column and key, and one thing to do about it.
 * Neither the message nor the hint ever holds a cell value or a password; the cause is for `--verbose` only.
 */
export class WaybillError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  /** Why it was interrupted, for the retry decision: an SQLSTATE, `lost` or `idle`; else null. */
  readonly reason: string | null;
  /** Options that a resume needs to get further than this error, as they are typed. */
  readonly resumeWith: Readonly<Record<string, readonly string[]>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly hint: string;
      readonly cause?: unknown;
      readonly reason?: string | undefined;
      readonly resumeWith?: WaybillError['resumeWith'];
    },
  ) {
    super(message, { cause: options.cause });
    this.name = 'WaybillError';
    this.code = code;
    this.hint = options.hint;
    this.reason = options.reason ?? null;
    this.resumeWith = options.resumeWith ?? {};
  }

  get exitCode(): number {
    return errorCodes[this.code];
  }
}
