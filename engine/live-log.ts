import type { KeyObject } from 'node:crypto';
import type { Backup, Cutover } from '../core/cutover.ts';
import { readEvents } from './events.ts';
import { factsOfFile } from './file-facts.ts';
import { RunLog } from './run-log.ts';

/** The folder of a run that is made live or taken back, in whose event log that is told. */
export interface LiveLog {
  readonly folder: string;
  readonly run: string;
  readonly signKey: KeyObject | null;
  readonly now: () => Date;
}

/** @throws WaybillError 'part-damaged' when the report, by which a run may become live, is not what the log says of it. */
export async function requireTrueReport(at: LiveLog): Promise<void> {
  const report = await factsOfFile(at.folder, 'report.json');
  if (report !== null) (await openLog(at)).requireKnown(report);
}

/** Has a backup made into the run's folder. From before it is begun until it is told of, the log is not closed. */
export async function tellBackup(at: LiveLog, schema: string, make: () => Promise<Backup>): Promise<Backup> {
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
export async function tellChange(
  at: LiveLog,
  { kind, live, state, reason, backup, at: since }: Cutover,
): Promise<void> {
  const event = state === 'live' ? 'cut-over' : 'rolled-back';
  const { events } = await readEvents(at.folder, at.run);
  if (events.some((each) => each.event === event && each.since === since)) return;
  await tell(at, event, { kind, live, since, reason, backup });
}

export async function tellDropped(at: LiveLog, schema: string): Promise<void> {
  await tell(at, 'dropped', { schema });
}

async function tell(at: LiveLog, event: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const log = await openLog(at);
  await log.append(event, facts);
  await log.close(at.signKey);
}

function openLog({ folder, run, now }: LiveLog): Promise<RunLog> {
  return RunLog.open(folder, run, now);
}
