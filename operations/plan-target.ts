import type { Plan } from '../core/mapping/plan/plan.ts';
import type { Problem } from '../core/mapping/plan/problem.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { Target } from '../core/ports/target.ts';
import { listRuns, runFolder } from '../engine/journal/run-folder.ts';
import { refuseFilledTarget } from '../engine/stages/target-guard.ts';
import { readReport } from './read-report.ts';

/** The target of a plan as it is now. */
export interface LiveTarget {
  readonly label: string;
  readonly schema: string;
  /** What prevents a load, each with what to do. */
  readonly problems: readonly Problem[];
}

/** Looks whether a run could load into the target: rights, roles, room for locks, and no rows in the way. Changes nothing, and closes it. */
export async function askTarget(plan: Plan, target: Target, schema: string): Promise<LiveTarget> {
  const { rowSecurity } = plan.pipeline;
  try {
    const rights = await target.missingRights(rowSecurity?.role ?? null);
    // Without its rights, the user may not see what else is in the way.
    const found = rights.length > 0 ? rights : await refusalsOf(plan, target, schema);
    return { label: target.label, schema, problems: found.map((message) => ({ subject: 'target', message })) };
  } finally {
    await target.close();
  }
}

async function refusalsOf(plan: Plan, target: Target, schema: string): Promise<readonly string[]> {
  const { migrations, finalVersion } = plan.pipeline.target;
  const checks = [target.requireLockRoom(migrations, finalVersion), refuseFilledTarget(plan, target, schema)];
  return (await Promise.all(checks.map(refusalOf))).filter((each) => each !== null);
}

/** What a run would refuse the target for, with the hint; null for nothing. */
async function refusalOf(check: Promise<void>): Promise<string | null> {
  try {
    await check;
    return null;
  } catch (error) {
    if (error instanceof WaybillError && error.exitCode === 2) return `${error.message} ${error.hint}`;
    throw error;
  }
}

/** The newest run of a pipeline that has a report, as a measure of the next one. */
export interface LastRun {
  readonly run: string;
  readonly rows: number;
  readonly seconds: number;
}

/** Finds it; null where there is none. Dry runs count, since they do the same work. */
export async function lastRun(runsDir: string, pipeline: string): Promise<LastRun | null> {
  for (const run of (await listRuns(runsDir)).reverse()) {
    const report = await readReport(runFolder(runsDir, run).path, run).catch(() => null);
    if (report?.pipeline !== pipeline) continue;
    const seconds = report.stages.reduce((sum, stage) => sum + stage.seconds, 0);
    return { run, rows: report.totals.read, seconds };
  }
  return null;
}
