import { parseReport, type Report } from './model.ts';

/**
 * Writes `report.json`: keys in the schema's order, parameters by name, two spaces, a newline at the end. The same report gives
 * the same bytes.
 * @throws WaybillError 'part-damaged' when `parseReport` would refuse the report.
 */
export function reportJson(report: Report): string {
  const ordered = parseReport(report);
  const params = Object.fromEntries(Object.entries(ordered.params).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...ordered, params }, null, 2)}\n`;
}
