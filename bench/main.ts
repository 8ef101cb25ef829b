import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { startServers } from './bench-servers.ts';
import { freshDatabase } from './databases.ts';
import { buildDataset, buildWholeDatabase } from './dataset.ts';
import { describeMachine } from './measurement/machine.ts';
import { measure, timeProgram } from './measurement/measure.ts';
import { resultsText } from './measurement/results.ts';
import { runRounds } from './measurement/rounds.ts';
import { serversCpu } from './measurement/server-cpu.ts';
import { measureRefusedRows, sectionIn, withSection } from './refused-rows.ts';
import { whyMissing } from './tools.ts';
import type { Bench } from './variant.ts';
import { naiveCommand, prepareNaive } from './variants/naive-node.ts';
import { writeTextFiles } from './variants/psql-copy.ts';
import { carriedCommand } from './variants/waybill.ts';
import { variants } from './variants.ts';

/** `npm run bench`: starts separate servers, generates the data, interleaves all variants and writes RESULTS.md. */
const cli = yargs(hideBin(process.argv))
  .scriptName('npm run bench --')
  .option('scale', { type: 'number', default: 1, describe: 'size: 1 is 1,300,000 rows in three tables' })
  .option('rounds', { type: 'number', default: 5, describe: 'number of runs of each variant' })
  .option('only', {
    type: 'string',
    array: true,
    choices: variants.map(({ name }) => name),
    describe: 'these variants',
  })
  .option('refused', {
    type: 'boolean',
    default: false,
    describe: 'measures loads with refused rows, and changes only their section of the results',
  })
  .option('shared', { type: 'boolean', default: false, describe: 'note in the results that others use the machine' })
  .option('out', {
    type: 'string',
    default: fileURLToPath(new URL('./RESULTS.md', import.meta.url)),
    defaultDescription: 'bench/RESULTS.md',
    describe: 'file for the results',
  })
  .strict();

const { scale, rounds, only, refused, shared, out } = await cli.parse();
const log = (line: string): void => console.error(line);

if (!existsSync(timeProgram))
  throw new Error('GNU time is needed to measure the children. Debian: apt-get install time');

const startedAt = new Date().toISOString();
const loadBefore = os.loadavg()[0] ?? 0;
const folder = await mkdtemp(path.join(os.tmpdir(), 'waybill-bench-'));
const { sourceUrl, targetUrl, stop } = await startServers();
try {
  const cpu = await serversCpu(sourceUrl, targetUrl('postgres'));
  const bench: Bench = { sourceUrl, targetUrl, folder, scale, cpu };
  const known = existsSync(out) ? await readFile(out, 'utf8') : '# Bench\n';
  const text = refused
    ? withSection(known, await measureRefusedRows(bench, { rounds, isShared: shared }, log))
    : withSection(await measureVariants(bench), sectionIn(known));
  await writeFile(out, text);
  log(text);
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}

async function measureVariants(bench: Bench): Promise<string> {
  await buildDataset(sourceUrl, scale, log);
  await buildWholeDatabase(sourceUrl);
  await prepareReadyRows(bench);
  log('ready');
  const chosen = variants.filter(({ name }) => only === undefined || only.includes(name));
  const outcomes = await runRounds(bench, chosen, rounds, log);
  const machine = await describeMachine(bench);
  return resultsText({ scale, rounds, startedAt, machine, loadBefore, isShared: shared }, outcomes);
}

/** Prepares the input of the floors and the PostgreSQL sources: the same rows in PostgreSQL databases and as text files. */
async function prepareReadyRows(bench: Bench): Promise<void> {
  await prepareNaive(bench, 'plain');
  await measure(naiveCommand(bench, 'plain'), bench.folder);
  if (whyMissing('psql', '') === undefined) await writeTextFiles(bench, 'plain');
  await freshDatabase(bench, 'carried_source');
  await measure(carriedCommand(bench), bench.folder);
}
