import type { CheckVerdict } from '../core/validation/check.ts';
import type { Expected, StageName } from '../engine/progress.ts';
import type { RunHooks } from './prepare.ts';

/**
 * What happens in a run. A table has the name that its stage uses: a source table, a mapping, or in `validate` a check. Values
 * are never reported.
 */
export type ProgressEvent =
  /** The folder of the run exists; from here on it can be resumed under this id. */
  | { readonly kind: 'run'; readonly run: string }
  /** A stage begins, which ends the one before it. */
  | { readonly kind: 'stage'; readonly stage: StageName; readonly expected: readonly Expected[] }
  | { readonly kind: 'begin'; readonly table: string }
  /** Source rows of the table since the last event, whatever became of them, and their encoded bytes. */
  | { readonly kind: 'rows'; readonly table: string; readonly rows: number; readonly bytes: number }
  /** Records of the table since the last event. */
  | { readonly kind: 'records'; readonly table: string; readonly rejected: number; readonly adjusted: number }
  | { readonly kind: 'end'; readonly table: string }
  | { readonly kind: 'check'; readonly check: string; readonly verdict: CheckVerdict }
  /** A message worth one line. */
  | { readonly kind: 'note'; readonly text: string };

/** Makes the hooks of a run from a callback and a signal that stops the run at the end of the current part. */
export function hooksOf(onProgress: (event: ProgressEvent) => void, signal: AbortSignal | undefined): RunHooks {
  return {
    onRun: (run) => onProgress({ kind: 'run', run }),
    shouldStop: () => signal?.aborted === true,
    progress: {
      stage: (stage, expected) => onProgress({ kind: 'stage', stage, expected }),
      begin: (table) => onProgress({ kind: 'begin', table }),
      rows: (table, rows, bytes) => onProgress({ kind: 'rows', table, rows, bytes }),
      records: (table, kept) => onProgress({ kind: 'records', table, ...kept }),
      end: (table) => onProgress({ kind: 'end', table }),
      check: (check, verdict) => onProgress({ kind: 'check', check, verdict }),
      note: (text) => onProgress({ kind: 'note', text }),
    },
  };
}
