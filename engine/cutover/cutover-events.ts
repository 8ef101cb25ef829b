import type { KeyObject } from 'node:crypto';
import type { DoneHook } from '../../core/model/hook.ts';
import type { RunCommand } from '../../core/model/run-command.ts';
import type { Backup, Cutover } from '../../core/ports/cutover.ts';
import { EventLog } from '../journal/event-log.ts';
import { readEvents } from '../journal/events.ts';
import { factsOfFile } from '../journal/file-facts.ts';
import { manifestFile } from '../journal/manifest.ts';

/** The run folder whose event log records the cutovers, rollbacks and drops of the run. */
export interface CutoverEvents {
  readonly folder: string;
  readonly run: string;
  readonly signKey: KeyObject | null;
  readonly now: () => Date;
  /** The command that makes the change. */
  readonly by?: RunCommand;
}

/**
 * Checks that the report, whose verdict allows a cutover, and the manifest, which keeps the validated state, are those that the
 * log recorded.
 * @throws WaybillError 'part-damaged' when they are not.
 */
export async function requireTrueReport(at: CutoverEvents): Promise<void> {
  const log = await openLog(at);
  for (const file of ['report.json', manifestFile]) {
    const facts = await factsOfFile(at.folder, file);
    if (facts !== null) log.requireKnown(facts);
  }
}

/** Makes a backup in the run's folder and logs it. The log stays open from before the backup begins until it is logged. */
export async function logBackup(at: CutoverEvents, schema: string, make: () => Promise<Backup>): Promise<Backup> {
  const log = await openLog(at);
  await log.append('backup-begun', { schema });
  try {
    return await make();
  } finally {
    await log.append('backup-ended', { schema }, [`backup/${backupName(schema)}`]);
    await log.close(at.signKey);
  }
}

/** Names the backup of a schema in the folder `backup` of a run. */
export function backupName(schema: string): string {
  return `${schema}.backup`;
}

/** Logs a cutover or rollback once. A command that was killed before it logged the change logs it when it is repeated. */
export async function logChange(
  at: CutoverEvents,
  { kind, live, state, reason, backup, at: since }: Cutover,
): Promise<void> {
  const event = state === 'live' ? 'cut-over' : 'rolled-back';
  const { events } = await readEvents(at.folder, at.run);
  if (events.some((each) => each.event === event && each.since === since)) return;
  await logEvent(at, event, { kind, live, since, reason, backup });
}

/** Logs once that a hook ran after the cutover. */
export async function logHook(at: CutoverEvents, done: Omit<DoneHook, 'rows'>): Promise<void> {
  const { events } = await readEvents(at.folder, at.run);
  if (events.some(({ event, name }) => event === 'hook' && name === done.name)) return;
  await logEvent(at, 'hook', { ...done });
}

/** Logs that a schema was dropped. */
export async function logDropped(at: CutoverEvents, schema: string): Promise<void> {
  await logEvent(at, 'dropped', { schema });
}

async function logEvent(at: CutoverEvents, event: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const log = await openLog(at);
  await log.append(event, facts);
  await log.close(at.signKey);
}

function openLog(at: CutoverEvents): Promise<EventLog> {
  return EventLog.open(at.folder, at.run, at);
}
