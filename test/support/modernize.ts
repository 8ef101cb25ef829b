import type { Report } from '../../reports/model.ts';
import { type CommandResult, reportOf } from './cli.ts';

/**
 * The tables of the report of a run in which every check passed, but for the checksums of tables that several mappings feed.
 * @throws Error that shows what the run said
 */
export async function provedTables(
  folder: string,
  run: string,
  { code, stderr }: CommandResult,
): Promise<Report['tables']> {
  if (code !== 0 && code !== 6) throw new Error(`exit ${code}\n${stderr}`);
  const report = await reportOf(folder, run);
  const shared = /mappings feed (discovery_flows|data_imports|raw_import_records|import_field_mappings),/;
  const open = report.checks.filter(
    ({ check, verdict, note }) => verdict !== 'pass' && !(check === 'checksums' && shared.test(note ?? '')),
  );
  if (open.length > 0) throw new Error(JSON.stringify(open, null, 1));
  return report.tables;
}
