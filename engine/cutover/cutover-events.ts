import type { KeyObject } from 'node:crypto';
import type { Backup, Cutover } from '../../core/ports/cutover.ts';
import { EventLog } from '../journal/event-log.ts';
import { readEvents } from '../journal/events.ts';
import { factsOfFile } from '../journal/file-facts.ts';

/** The folder of a run that is made live or taken back, in whose event log that is told. */
export interface CutoverEvents {
  readonly folder: string;
  readonly run: string;
  readonly signKey: KeyObject | null;
  readonly now: () => Date;
}

/** @throws WaybillError 'part-damaged' when the report, by which a run may become live, is not what the log says of it. */
export async function requireTrueReport(at: CutoverEvents): Promise<void> {
  const report = await factsOfFile(at.folder, 'report.json');
  if (report !== null) (await openLog(at)).requireKnown(report);
}

/** Has a backup made into the run's folder. From before it is begun until it is told of, the log is not closed. */
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

/** What the backup of a schema is called in the folder `backup` of a run. */
export function backupName(schema: string): string {
  return `${schema}.backup`;
}

/** Tells what became of a cutover, once: a command that was cut off before it could is typed again. */
export async function logChange(
  at: CutoverEvents,
  { kind, live, state, reason, backup, at: since }: Cutover,
): Promise<void> {
  const event = state === 'live' ? 'cut-over' : 'rolled-back';
  const { events } = await readEvents(at.folder, at.run);
  if (events.some((each) => each.event === event && each.since === since)) return;
  await logEvent(at, event, { kind, live, since, reason, backup });
}

export async function logDropped(at: CutoverEvents, schema: string): Promise<void> {
  await logEvent(at, 'dropped', { schema });
}

async function logEvent(at: CutoverEvents, event: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const log = await openLog(at);
  await log.append(event, facts);
  await log.close(at.signKey);
}

function openLog({ folder, run, now }: CutoverEvents): Promise<EventLog> {
  return EventLog.open(folder, run, now);
}
