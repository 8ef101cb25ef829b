import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { readManifest } from '../engine/journal/manifest.ts';
import { execute, freshDatabase } from './databases.ts';
import { measure } from './measurement/measure.ts';
import { median } from './measurement/statistics.ts';
import type { Bench, Command } from './variant.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const rows = 100_000;
/** Percent of the rows that the target refuses, the reference first. */
const shares = [0, 1, 5, 20] as const;
const [source, target] = ['refused_source', 'refused_target'];

/** One run of a share. */
interface Sample {
  readonly wallSeconds: number;
  readonly loadSeconds: number;
  /** Statements that failed, as the target's log has them. */
  readonly failures: number;
}

const heading = '## Refused rows';

/** Measures loads of which a part is refused, in interleaved rounds. @returns the section of RESULTS.md. */
export async function measureRefusedRows(
  bench: Bench,
  { rounds, isShared }: { readonly rounds: number; readonly isShared: boolean },
  log: (line: string) => void,
): Promise<string> {
  await freshDatabase(bench, source);
  const samples = new Map<number, Sample[]>(shares.map((share) => [share, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const share of shares) {
      const sample = await runOnce(bench, share);
      samples.get(share)?.push(sample);
      log(
        `round ${round}: ${share} % refused, ${sample.wallSeconds.toFixed(1)} s, ${sample.failures} failing statements`,
      );
    }
  }
  return sectionOf(samples, rounds, isShared);
}

/** Replaces the section in the text of RESULTS.md, or adds it at the end. */
export function withSection(text: string, section: string): string {
  if (section === '') return text;
  const [before = '', rest = ''] = text.split(`${heading}\n`);
  const next = rest.indexOf('\n## ');
  return `${before.trimEnd()}\n\n${section}${next < 0 ? '' : rest.slice(next)}`;
}

/** The section in the text of RESULTS.md; empty when there is none. */
export function sectionIn(text: string): string {
  const [, rest] = text.split(`${heading}\n`);
  if (rest === undefined) return '';
  const next = rest.indexOf('\n## ');
  return `${heading}\n${next < 0 ? rest : rest.slice(0, next)}`;
}

async function runOnce(bench: Bench, share: number): Promise<Sample> {
  await execute(bench.targetUrl(source), [
    'drop table if exists payments',
    `create table payments as
      select n as id, 'payer ' || n as payer, (n * 7919 % 1000000)::numeric(12,2) / 100 as amount,
        timestamp '2020-01-01' + n * interval '1 minute' as paid_at,
        case when n * 7919 % 100 < ${share} then 100 else n % 100 end as level
      from generate_series(1, ${rows}) as n`,
    `alter table payments add primary key (id), alter payer set not null, alter amount type numeric(12,2),
      alter amount set not null, alter paid_at set not null, alter level set not null`,
    'analyze payments',
  ]);
  await freshDatabase(bench, target);
  await rm(runsDir(bench), { recursive: true, force: true });
  const before = await failuresOf(bench);
  const { wallSeconds } = await measure(commandOf(bench), bench.folder);
  const failures = (await failuresOf(bench)) - before;
  const [run = ''] = await readdir(runsDir(bench));
  const { stages } = await readManifest(path.join(runsDir(bench), run), run);
  const secondsOf = (name: string): number => stages.find(({ stage }) => stage === name)?.seconds ?? 0;
  return { wallSeconds: wallSeconds - secondsOf('validate'), loadSeconds: secondsOf('load'), failures };
}

function commandOf(bench: Bench): Command {
  const servers = [
    '--source',
    bench.targetUrl(source),
    '--target',
    bench.targetUrl(target),
    '--target-database',
    target,
  ];
  const options = ['--runs-dir', runsDir(bench), '--quiet', '--max-rejects', String(rows)];
  const pipeline = path.join(dist, 'bench/pipelines/refused.js');
  return { program: process.execPath, args: [path.join(dist, 'cli/main.js'), 'run', pipeline, ...servers, ...options] };
}

function runsDir(bench: Bench): string {
  return path.join(bench.folder, 'refused-runs');
}

/** Counts the errors in the log of the target server, which lies in its data folder. */
async function failuresOf(bench: Bench): Promise<number> {
  const client = new Client({ connectionString: bench.targetUrl('postgres') });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ data_directory: string }>('show data_directory');
    const log = await readFile(path.join(found[0]?.data_directory ?? '', 'server.log'), 'utf8');
    return log.split(' ERROR:  ').length - 1;
  } finally {
    await client.end();
  }
}

function sectionOf(samples: ReadonlyMap<number, readonly Sample[]>, rounds: number, isShared: boolean): string {
  const of = (share: number, key: keyof Sample): number => median(samples.get(share)?.map((s) => s[key]) ?? []);
  const [none] = shares;
  const lines = shares.map((share) => {
    const [wall, load] = [of(share, 'wallSeconds'), of(share, 'loadSeconds')];
    const ratios = [wall / of(none, 'wallSeconds'), load / of(none, 'loadSeconds')].map((ratio) => ratio.toFixed(2));
    return `| ${[`${share} %`, wall.toFixed(2), ratios[0], load.toFixed(2), ratios[1], of(share, 'failures')].join(' | ')} |`;
  });
  return [
    heading,
    '',
    `Written by \`npm run bench -- --refused --rounds ${rounds}${isShared ? ' --shared' : ''}\`. ${rows.toLocaleString('en')} rows of five columns, PostgreSQL → PostgreSQL; a CHECK of the`,
    `target refuses a share of them, spread evenly. Medians of ${rounds} interleaved rounds. Wall time without validation; failing statements`,
    "are counted in the target's log.",
    ...(isShared ? ['**Indicative: others used the machine during the bench.**'] : []),
    '',
    '| refused | wall s | × of none | load s | × of none | failing statements |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
