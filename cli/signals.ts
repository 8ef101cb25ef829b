import { errorCodes, WaybillError } from '../core/model/errors.ts';
import type { EngineOptions } from '../engine/options.ts';
import type { Progress } from '../engine/progress.ts';

/** What a command was given that says how it is gone on with. */
export interface Given {
  readonly run?: string | undefined;
  /** Absent for a command that goes on without being told to. */
  readonly resume?: boolean;
}

const signals = ['SIGINT', 'SIGTERM'] as const;
/** One Ctrl-C may come twice: from the terminal, and passed on by npx or npm. */
const SAME_KEY_MS = 500;
const resumable = errorCodes['source-interrupted'];

/**
 * Does work that can be stopped and gone on with, and ends its progress. SIGINT and SIGTERM stop it at the next edge of a
 * part, a second one at once: what was not committed is done again later. Whatever ends with exit code 4 has as its last
 * line what to type.
 */
export async function withSignals<T>(
  given: Given,
  progress: Pick<Progress, 'note'> & { close(): void },
  work: (hooks: Required<Pick<EngineOptions, 'onRun' | 'shouldStop'>>) => Promise<T>,
): Promise<T> {
  let run: string | null = null;
  let askedMs: number | null = null;
  const stop = (): void => {
    if (askedMs !== null) {
      if (performance.now() - askedMs <= SAME_KEY_MS) return;
      progress.close();
      endAtOnce(goOnText(given, run));
    }
    askedMs = performance.now();
    progress.note('stopping at the end of this part; the same signal again stops at once');
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
    throw withLastLine(error, goOnText(given, run));
  } finally {
    progress.close(); // what is told next begins on a line of its own
    for (const signal of signals) process.off(signal, stop);
  }
}

function endAtOnce(goOn: string): never {
  process.stderr.write(`waybill: Stopped at once; a part that was under way is done again.\n  resume: ${goOn}\n`);
  process.exit(resumable);
}

/** A run that stopped before it had a folder is simply begun again. */
function goOnText(given: Given, run: string | null): string {
  const added = run === null ? [] : [given.run === undefined && `--run ${run}`, given.resume === false && '--resume'];
  const flags = added.filter((flag) => flag !== false);
  return `type the same command again${flags.length === 0 ? '' : `, with ${flags.join(' ')}`}`;
}

function withLastLine(error: unknown, goOn: string): unknown {
  if (!(error instanceof WaybillError) || error.exitCode !== resumable) return error;
  const { code, message, hint, cause } = error;
  return new WaybillError(code, message, { hint: `${hint}\n  resume: ${goOn}`, cause });
}
