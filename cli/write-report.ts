import { join } from 'node:path';
import { writeAtomically } from '../engine/atomic-file.ts';
import type { ReportWriter } from '../engine/report.ts';
import { reportHtml } from '../reports/html.ts';
import { reportJson } from '../reports/json.ts';

/** Writes `report.json` and `report.html` into the run folder, readable by the user only: they hold keys. */
export const writeReport: ReportWriter = async (facts, folder) => {
  await writeAtomically(join(folder, 'report.json'), [reportJson(facts)]);
  await writeAtomically(join(folder, 'report.html'), [reportHtml(facts)]);
};
