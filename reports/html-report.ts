import { causes } from './html/causes.ts';
import { blindSpots, checkList, matrix, problems } from './html/checks.ts';
import { glossary } from './html/glossary.ts';
import { masthead } from './html/head.ts';
import { objects } from './html/objects.ts';
import { pageHtml } from './html/page/page.ts';
import { charts } from './html/report-charts.ts';
import { environment, relations } from './html/run-facts.ts';
import { signOff } from './html/sign-off.ts';
import { tables } from './html/tables.ts';
import { accounting } from './html/tallies.ts';
import type { Report } from './model.ts';

/**
 * Renders `report.html`: one file that needs no script and no network, readable on screen in light and dark, and on paper. The
 * same report gives the same bytes.
 */
export function reportHtml(report: Report): string {
  const parts = [
    ['problems', 'Problems', problems(report)],
    ['accounting', 'Accounting', accounting(report)],
    ['limits', 'Limits', blindSpots(report)],
    ['charts', 'Charts', charts(report)],
    ['checks', 'Checks', matrix(report)],
    ['tables', 'Tables', tables(report)],
    ['causes', 'Rejects, filters, adjustments', causes(report)],
    ['evidence', 'Every other check', checkList(report)],
    ['relations', 'Relations', relations(report)],
    ['objects', 'Objects', objects(report)],
    ['environment', 'Run', environment(report)],
    ['glossary', 'Glossary', glossary()],
    ['sign-off', 'Sign-off', signOff(report)],
  ] as const;
  const shown = parts.filter(([, , part]) => part !== null);
  return pageHtml({
    title: `${report.verdict.toUpperCase()} · ${report.pipeline} · ${report.runId}`,
    generator: `waybill ${report.waybill}`,
    header: masthead(report),
    chapters: shown.map(([id, title]) => [id, title]),
    main: shown.map(([, , part]) => part),
    footer: `waybill ${report.waybill}, run ${report.runId}. This page holds only names, counts, digests and keys.`,
  });
}
