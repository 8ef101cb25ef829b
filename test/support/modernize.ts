import type { Report } from '../../reports/model.ts';
import { type CommandResult, reportOf } from './cli.ts';

/**
 * Returns the tables of the report of a run in which every check passed.
 * @throws Error that shows the output of the run
 */
export async function provedTables(
  folder: string,
  run: string,
  { code, stdout, stderr }: CommandResult,
): Promise<Report['tables']> {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
  return (await reportOf(folder, run)).tables;
}
