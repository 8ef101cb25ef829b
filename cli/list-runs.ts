import { readEvents } from '../engine/journal/events.ts';
import { type Manifest, readManifest } from '../engine/journal/manifest.ts';
import { listRuns, runFolder } from '../engine/journal/run-folder.ts';
import { defaultRunsDir, type RunsOptions } from '../operations/options.ts';
import { readReport } from '../operations/read-report.ts';

/** A run in a directory of runs, as its folder has it. */
export interface ListedRun {
  readonly run: string;
  readonly pipeline: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** Null while the run is in progress or stopped. */
  readonly finishedAt: string | null;
  /** Null before the first report. */
  readonly verdict: 'pass' | 'fail' | 'incomplete' | null;
  /** What the last command did with the schema of the run. */
  readonly state: 'unfinished' | 'loaded' | 'live' | 'rolled back' | 'dropped';
  readonly target: string | null;
  readonly schema: string | null;
  /** Null before the first report. */
  readonly rows: { readonly read: number; readonly rejected: number } | null;
}

/** Lists the runs of a directory, the oldest first. A folder that cannot be read is named instead. */
export async function runsIn({ runsDir = defaultRunsDir }: Pick<RunsOptions, 'runsDir'>): Promise<{
  readonly runs: readonly ListedRun[];
  readonly unreadable: readonly string[];
}> {
  const runs: ListedRun[] = [];
  const unreadable: string[] = [];
  for (const run of await listRuns(runsDir)) {
    const listed = await listedRun(runsDir, run).catch(() => null);
    if (listed === null) unreadable.push(run);
    else runs.push(listed);
  }
  runs.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return { runs, unreadable };
}

async function listedRun(runsDir: string, run: string): Promise<ListedRun> {
  const { path } = runFolder(runsDir, run);
  const manifest = await readManifest(path, run);
  const report = await readReport(path, run).catch(() => null);
  const { pipeline, startedAt, finishedAt, target } = manifest;
  return {
    run,
    pipeline,
    startedAt,
    finishedAt,
    verdict: report?.verdict ?? null,
    state: await stateOf(path, manifest),
    target: target?.label ?? null,
    schema: target?.schema ?? null,
    rows: report === null ? null : { read: report.totals.read, rejected: report.totals.rejected },
  };
}

const states: Readonly<Record<string, ListedRun['state']>> = {
  'cut-over': 'live',
  'rolled-back': 'rolled back',
  dropped: 'dropped',
};

/** While a run is live, its drop is that of the schema kept for a rollback. */
async function stateOf(folder: string, { run, finishedAt }: Manifest): Promise<ListedRun['state']> {
  const { events } = await readEvents(folder, run);
  let state: ListedRun['state'] = finishedAt === null ? 'unfinished' : 'loaded';
  for (const { event } of events) {
    const next = states[event];
    if (next !== undefined && !(next === 'dropped' && state === 'live')) state = next;
  }
  return state;
}
