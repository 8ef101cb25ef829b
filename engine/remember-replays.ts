import type { Target } from '../core/ports.ts';
import type { ReplayedRow } from '../core/replay.ts';
import { keepReplays } from './replays.ts';
import type { RunContext } from './run-context.ts';
import { keepSettled } from './settle.ts';

/**
 * Brings the run folder up to what the target remembers of replays: whatever was killed after its commit is caught up with
 * here. Done before records are read to prove or replay anything, and after each replay.
 */
export async function rememberReplays(
  context: Pick<RunContext, 'folder' | 'selected'>,
  target: Target,
): Promise<readonly ReplayedRow[]> {
  const { run, recordsPath } = context.folder;
  const replayed = await target.replayed(run);
  if (replayed.length === 0) return replayed;
  const settled = await target.settle(run, []);
  for (const planned of context.selected) {
    await keepReplays(
      recordsPath,
      planned.name,
      replayed.filter(({ mapping }) => mapping === planned.name),
    );
    await keepSettled(context, planned, settled);
  }
  return replayed;
}
