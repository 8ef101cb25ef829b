import { parseReport, type Report } from './model.ts';

/**
 * `report.json`: keys in the schema's order, parameters by name, two spaces, a newline at the end; the same bytes for
 * the same report.
 * @throws WaybillError 'part-damaged' when the report could not be read back.
 */
export function reportJson(report: Report): string {
  const ordered = parseReport(report);
  const params = Object.fromEntries(Object.entries(ordered.params).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...ordered, params }, null, 2)}\n`;
}
