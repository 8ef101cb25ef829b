import { errorCodes, WaybillError } from '../core/model/errors.ts';
import type { EngineOptions } from '../engine/options.ts';
import type { Progress } from '../engine/progress.ts';
import { type GivenArguments, resumeCommand } from './next-command.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;
/** One Ctrl-C may arrive twice: from the terminal, and forwarded by npx or npm. */
const SAME_KEY_MS = 500;
const resumable = errorCodes['source-interrupted'];

/**
 * Runs work that SIGINT or SIGTERM stops at the end of the current part. A second signal ends the process at once; what was
 * not committed is repeated on resume. Every end with exit code 4 names the command that resumes the run in its last line.
 */
export async function withSignals<T>(
  given: GivenArguments,
  progress: Pick<Progress, 'note'> & { close(): void },
  work: (hooks: Required<Pick<EngineOptions, 'onRun' | 'shouldStop'>>) => Promise<T>,
): Promise<T> {
  let run: string | null = null;
  let askedMs: number | null = null;
  const stop = (): void => {
    if (askedMs !== null) {
      if (performance.now() - askedMs <= SAME_KEY_MS) return;
      progress.close();
      stopAtOnce(resumeCommand(given, run));
    }
    askedMs = performance.now();
    progress.note('Stopping after the current part. Press Ctrl-C again to stop at once.');
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work({
      onRun: (id) => {
        run = id;
      },
      shouldStop: () => askedMs !== null,
    });
  } catch (error) {
    throw withResumeCommand(error, given, run);
  } finally {
    progress.close(); // the error message starts on a new line
    for (const signal of signals) process.off(signal, stop);
  }
}

function stopAtOnce(resume: string): never {
  process.stderr.write(`waybill: Stopped at once. The part in progress will be repeated.\n  resume: ${resume}\n`);
  process.exit(resumable);
}

function withResumeCommand(error: unknown, given: GivenArguments, run: string | null): unknown {
  if (!(error instanceof WaybillError) || error.exitCode !== resumable) return error;
  const { code, message, hint, cause, resumeWith } = error;
  const resume = resumeCommand({ ...given, ...resumeWith }, run);
  return new WaybillError(code, message, {
    hint: code === 'stopped' ? `Resume with: ${resume}` : `${hint}\n  resume: ${resume}`,
    cause,
  });
}
