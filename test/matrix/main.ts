import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { giveToServerUser } from '../../servers/server-user.ts';
import type { Entry, Prepared } from './entry.ts';
import { mysqlVersions } from './mysql.ts';
import { nodes } from './node.ts';
import { postgresVersions } from './postgres.ts';
import { type Line, readLines, tableOf } from './table.ts';

/**
 * `npm run matrix` runs tests with each version of PostgreSQL, MySQL, MariaDB and Node, and writes what it saw to docs/versions.md. It
 * ends with 1 when a test failed or a version could not be had.
 */
const entries: readonly Entry[] = [...postgresVersions, ...mysqlVersions, ...nodes];
const names = entries.map(({ name }) => name);

const { only } = await yargs(hideBin(process.argv))
  .scriptName('npm run matrix --')
  .option('only', {
    type: 'string',
    array: true,
    choices: names,
    describe: 'these versions; the lines of the others stay',
  })
  .strict()
  .parse();

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = path.join(root, 'docs/versions.md');
const lines = new Map<string, Line>(existsSync(page) ? readLines(await readFile(page, 'utf8')) : []);
const folder = await mkdtemp(path.join(os.tmpdir(), 'waybill-matrix-'));
await giveToServerUser(folder);
// Tests run programs of this folder as other users.
await chmod(folder, 0o755);
try {
  for (const entry of entries.filter(({ name }) => only === undefined || only.includes(name))) {
    const line = await seen(entry);
    console.error(`${entry.name}: ${JSON.stringify(line)}`);
    lines.set(entry.name, line);
    await writeFile(page, tableOf(names, lines));
    if (line.failed !== 0) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function seen(entry: Entry): Promise<Line> {
  const place = path.join(folder, entry.name.replace(/\W/g, '-'));
  await mkdir(place);
  const started = performance.now();
  const date = new Date().toISOString().slice(0, 10);
  try {
    const prepared = await entry.prepare(place);
    const counts = await runTests(entry, prepared, path.join(place, 'results.json'));
    return { date, version: prepared.version, seconds: Math.round((performance.now() - started) / 1000), ...counts };
  } catch (error) {
    console.error(error);
    return { date, version: 'could not be had', seconds: 0, passed: 0, failed: 1, left: 0 };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** @throws Error when the tests wrote no results. */
async function runTests(entry: Entry, { env, node }: Prepared, results: string): Promise<Pick<Line, Counts>> {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const args = [vitest, 'run', '--project', entry.project, ...reporters, ...entry.tests];
  const child = spawn(node, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  await new Promise((done) => child.once('close', done));
  const counted = JSON.parse(await readFile(results, 'utf8')) as Readonly<Record<string, number>>;
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = counted;
  // A file that did not load has no tests that failed.
  const failed = Math.max(numFailedTests, Number(counted.success ? 0 : 1));
  return { passed: numPassedTests, failed, left: numPendingTests };
}

type Counts = 'passed' | 'failed' | 'left';
