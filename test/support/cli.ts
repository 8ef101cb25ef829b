import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RowRecord } from '../../core/model/records.ts';
import { parseReport, type Report, type TableReport } from '../../reports/model.ts';

/** How a command ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program. */
export const main = resolve(import.meta.dirname, '../../dist/cli/main.js');

/** Commands that show what they do and ask, unless `--yes` is given. */
const asking = /^(cutover|rollback|drop|schema down)\b/;

/** Runs a waybill command as `typedCommand` does, and says yes to what it asks. */
export function waybill(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<CommandResult> {
  return typedCommand(folder, asking.test(args.join(' ')) ? [...args, '--yes'] : args, environment, onStart);
}

/**
 * Runs a waybill command in a folder, as a user would. The environment contains only the given WAYBILL_ variables, and
 * the name of the target's database, without which nothing is written to it.
 * @param onStart receives the process, for a test that ends it.
 */
export function typedCommand(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<CommandResult> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('WAYBILL_'));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...targetDatabase(args, environment), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

/** Names the database of a command's target URL, as a user would. */
export function targetDatabase(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const url = args[args.indexOf('--target') + 1 || args.length] ?? environment.WAYBILL_TARGET_URL;
  if (url === undefined || !URL.canParse(url)) return {};
  const { pathname, username } = new URL(url);
  return { WAYBILL_TARGET_DATABASE: decodeURIComponent(pathname.slice(1) || username) };
}

/** Creates an empty folder to run commands in. */
export function workFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'waybill-test-'));
}

/** The report of a run made in a folder. */
export async function reportOf(folder: string, run: string): Promise<Report> {
  const path = join(folder, '.waybill/runs', run, 'report.json');
  return parseReport(JSON.parse(await readFile(path, 'utf8')));
}

/** The tables of a report without their lineage, which the mappings say: counts, digests and causes. */
export function countsIn({ tables }: Report): Omit<TableReport, 'lineage'>[] {
  return tables.map(({ lineage: _, ...counts }) => counts);
}

/** All records of a run, in no particular order. */
export async function recordsOf(folder: string, run: string): Promise<RowRecord[]> {
  const path = join(folder, '.waybill/runs', run, 'records');
  const names = (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(names.map((name) => readFile(join(path, name), 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  );
}
