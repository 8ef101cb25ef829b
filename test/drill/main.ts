import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { generateAries } from '../../fixtures/aries/generate.ts';
import { createRandom } from '../../fixtures/random.ts';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import { startMariadb } from '../support/mariadb/mariadb.ts';
import { compareSchemas } from './compare-schemas.ts';
import { KilledRun } from './killed-run.ts';

/**
 * `npm run drill` kills runs of aries at random until the number of kills is reached. It compares each with an
 * undisturbed run.
 */
const cli = yargs(hideBin(process.argv))
  .scriptName('npm run drill --')
  .option('kills', { type: 'number', default: 5, describe: 'total number of SIGKILLs' })
  .option('scale', { type: 'number', default: 5, describe: 'size of the source; 80 gives more than 200,000 rows' })
  .option('seed', { type: 'number', describe: 'seed of a drill to repeat; random by default' })
  .option('kills-per-run', { type: 'number', default: 20, describe: 'kills after which a run is left to finish' })
  .option('part-rows', { type: 'number', default: 500, describe: 'rows per part' })
  .strict();

const { kills, scale, seed = Date.now() % 1_000_000, killsPerRun, partRows } = await cli.parse();
const log = (line: string): void => console.error(line);
log(`seed ${seed}`);
const random = createRandom(seed, 'drill');
const folder = await mkdtemp(path.join(os.tmpdir(), 'waybill-drill-'));
const [mariadb, postgres] = await Promise.all([startMariadb(), startPostgres()]);
try {
  const { totalRows } = await generateAries({ url: mariadb.url, scale, seed, defects: true });
  log(`${totalRows} rows`);
  const world = { folder, sourceUrl: mariadb.url, targetUrl: postgres.url, partRows };
  const reference = new KilledRun(world, 'undisturbed');
  const started = performance.now();
  await reference.end();
  const wholeMs = performance.now() - started;
  log(`undisturbed: ${(wholeMs / 1000).toFixed(1)} s`);

  let [killed, resumes, lost, doubled, runs] = [0, 0, 0, 0, 0];
  const differences: string[] = [];
  while (killed < kills) {
    const run = new KilledRun(world, `killed_${++runs}`, random.chance(0.3));
    const due = Math.min(killsPerRun, kills - killed);
    const done = await run.killAtRandom({ kills: due, wholeMs, random });
    await run.end();
    const found = await compareSchemas(postgres.url, reference.name, run.name);
    killed += done;
    resumes += run.resumes;
    lost += found.lost;
    doubled += found.doubled;
    differences.push(...found.differences);
    log(`${run.name}${run.isStaged ? ', staged' : ''}: ${done} kills; lost ${found.lost}, doubled ${found.doubled}`);
  }
  console.log(`seed ${seed}, ${totalRows} rows: ${killed} kills, ${resumes} resumes in ${runs} runs`);
  console.log(`rows lost ${lost}, rows doubled ${doubled}, other differences ${differences.length}`);
  for (const line of differences) console.log(`  ${line}`);
  if (lost + doubled + differences.length > 0) process.exitCode = 1;
} finally {
  await Promise.all([mariadb.stop(), postgres.stop()]);
  await rm(folder, { recursive: true, force: true });
}
