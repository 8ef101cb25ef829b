import { join } from 'node:path';
import { EventLog } from '../engine/journal/event-log.ts';
import { factsOfText } from '../engine/journal/file-facts.ts';
import { writeRunFile } from '../engine/journal/run-file.ts';
import type { ReportWriter } from '../engine/stages/report.ts';
import { reportJson } from '../reports/json-report.ts';
import type { Report } from '../reports/model.ts';
import { runCommandOf } from './evidence/run-command.ts';
import type { OperatorOptions } from './options.ts';

/** Writes `report.json` and `report.html` into the run folder, readable only by the user because they hold keys. */
export const writeReport: ReportWriter = async (facts, folder) => {
  await writeRunFile(join(folder, 'report.json'), [reportJson(facts)]);
  await writeHtml(facts, folder);
};

/** Writes `report.html` again and logs an event if it differs, as another version of waybill may render it differently. */
export async function writeHtmlAgain(report: Report, folder: string, options: OperatorOptions): Promise<void> {
  const log = await EventLog.open(folder, report.runId, { now: () => new Date(), by: runCommandOf(options) });
  if (log.knows(factsOfText('report.html', await writeHtml(report, folder)))) return;
  await log.append('report-made-again', {}, ['report.html']);
  await log.close(null);
}

/** Writes the HTML and returns it. The packages that draw its charts are loaded only here, because they take a while. */
async function writeHtml(report: Report, folder: string): Promise<string> {
  const { reportHtml } = await import('../reports/html-report.ts');
  const html = reportHtml(report);
  await writeRunFile(join(folder, 'report.html'), [html]);
  return html;
}
