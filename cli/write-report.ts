import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportWriter } from '../engine/report.ts';
import { reportHtml } from '../reports/html.ts';
import { reportJson } from '../reports/json.ts';

/** Writes `report.json` and `report.html` into the run folder, readable by the user only: they hold keys. */
export const writeReport: ReportWriter = async (facts, folder) => {
  await writeFile(join(folder, 'report.json'), reportJson(facts), { mode: 0o600 });
  await writeFile(join(folder, 'report.html'), reportHtml(facts), { mode: 0o600 });
};
