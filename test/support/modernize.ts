import type { Report } from '../../reports/model.ts';
import { type CommandResult, reportOf } from './cli.ts';

/**
 * The tables of the report of a run in which every check passed.
 * @throws Error that shows what the run said
 */
export async function provedTables(
  folder: string,
  run: string,
  { code, stdout, stderr }: CommandResult,
): Promise<Report['tables']> {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
  return (await reportOf(folder, run)).tables;
}
