import { type CommandResult, countsIn, reportOf } from './cli.ts';

/**
 * Returns the tables of the report of a run in which every check passed.
 * @throws Error that shows the output of the run
 */
export async function provedTables(
  folder: string,
  run: string,
  { code, stdout, stderr }: CommandResult,
): Promise<ReturnType<typeof countsIn>> {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
  return countsIn(await reportOf(folder, run));
}
