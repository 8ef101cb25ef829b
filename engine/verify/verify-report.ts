import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sumOfDigests } from '../../core/model/digests.ts';
import type { EventCount, Events } from '../journal/events.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import type { RunFacts } from '../stages/report.ts';

/** The fields of a report that the event log can confirm. */
export type LoggedReport = Pick<RunFacts, 'runId' | 'verdict' | 'log'> & {
  readonly tables: readonly (Record<(typeof fields)[number], number> & {
    readonly source: string;
    readonly target: string;
    readonly digest: string;
  })[];
};

const fields = ['read', 'loaded', 'rejected', 'filtered', 'adjusted'] as const;

/** The report of a run folder and its parser. */
export interface ReportToVerify {
  readonly folder: RunFolder;
  /** @throws when the JSON is not a report. */
  parseReport(json: unknown): LoggedReport;
}

/** Returns the first mismatch between report.json and the events, or null. */
export async function verifyReport(
  { folder, parseReport }: ReportToVerify,
  { events, hashes }: Events,
): Promise<string | null> {
  const report = await read(join(folder.path, 'report.json'), parseReport);
  if (report === null) return 'report.json: it cannot be read as a report';
  if (report.runId !== folder.run) return `report.json: it belongs to run ${report.runId}`;
  if (hashes[report.log.events - 1] !== report.log.head) return 'report.json: it names another event log';
  const reported = events.findLast(({ event }) => event === 'reported');
  if (report.verdict !== reported?.verdict) return 'report.json: its verdict differs from the events';
  const counts = countsOf(events);
  for (const table of report.tables) {
    const mapping = `${table.source} > ${table.target}`;
    const own = counts.filter((count) => count.mapping === mapping);
    const differs = fields.find((field) => own.reduce((sum, count) => sum + count[field], 0) !== table[field]);
    if (differs !== undefined) return `report.json: ${mapping}: ${differs} differs from the sum of the events`;
    if (sumOfDigests(own.map(({ digest }) => digest)) !== table.digest) {
      return `report.json: ${mapping}: the digest differs from the sum of the events`;
    }
  }
  return null;
}

async function read(path: string, parseReport: ReportToVerify['parseReport']): Promise<LoggedReport | null> {
  try {
    return parseReport(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/** The last count of each slot. */
function countsOf(events: Events['events']): readonly EventCount[] {
  const slots = new Map<string, EventCount>();
  for (const { counts } of events) for (const count of counts) slots.set(`${count.mapping} ${count.slot}`, count);
  return [...slots.values()];
}
