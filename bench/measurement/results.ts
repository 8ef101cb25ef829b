import { benchTables, rowsAt } from '../tables.ts';
import type { Outcome, Sample } from './rounds.ts';
import { median } from './statistics.ts';

export interface ResultsHead {
  readonly scale: number;
  readonly rounds: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly machine: readonly string[];
  /** Load average of the last minute before the first round. */
  readonly loadBefore: number;
  /** Whether others used the machine, according to the caller. */
  readonly isShared: boolean;
}

const columns = [
  'variant',
  'wall s',
  'min–max',
  'of that indexes s',
  'of it ANALYZE s',
  'validation s, apart',
  'profile s, apart',
  'client CPU s',
  'source CPU s',
  'target CPU s',
  'max RSS MB',
  '× pgloader',
  '× pgloader tuned',
  '× pgloader, without ANALYZE',
  '× tuned, without ANALYZE',
  '× floor, without both',
  'runs that count',
];

/** Writes the text of RESULTS.md. */
export function resultsText(head: ResultsHead, outcomes: readonly Outcome[]): string {
  const reference: Reference = {
    pgloader: wallOf(outcomes, 'pgloader'),
    tuned: wallOf(outcomes, 'pgloader-tuned'),
    floor: wallOf(outcomes, 'psql-copy'),
    pipe: wallOf(outcomes, 'psql-pipe'),
  };
  const table = [columns, columns.map(() => '---'), ...outcomes.map((each) => cells(each, reference, head.rounds))];
  return [
    '# Bench',
    '',
    ...introduction(head),
    '',
    ...table.map((row) => `| ${row.join(' | ')} |`),
    '',
    ...problems(outcomes),
    '## Machine',
    '',
    ...head.machine.map((line) => `- ${line}`),
    '',
    '## What each did in its time',
    '',
    ...outcomes.map(({ variant }) => `- ${variant.title}: ${variant.does}.`),
    ...fairness.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

function introduction({ scale, rounds, startedAt, loadBefore, isShared }: ResultsHead): readonly string[] {
  const sizes = benchTables
    .map((table) => `\`${table.source}\` ${rowsAt(table, scale).toLocaleString('en')}`)
    .join(', ');
  const lines = [
    `Written by \`npm run bench -- --scale ${scale} --rounds ${rounds}\` at ${startedAt}. Rows: ${sizes}.`,
    `Medians of ${rounds} interleaved rounds. × is a speed ratio: more is better. Absolute seconds depend on the machine; compare the ratios.`,
  ];
  if (scale !== 1)
    lines.push(`**Indicative: the data set is ${scale} of its full size, so start-up times weigh too much.**`);
  if (isShared)
    lines.push(
      `**Indicative: others used the machine during the bench (load average ${loadBefore.toFixed(1)} before the first round).**`,
    );
  return lines.flatMap((line) => [line, '']).slice(0, -1);
}

const fairness: readonly string[] = [
  'Profiling is what `waybill copy` does before it loads: it reads the structure and looks at every row once, to decide the types of the target.',
  'Row counts are compared after every run. A run with wrong counts does not count and is listed above.',
  'CPU is the time of the client processes and of each server. RSS is that of the largest client process. For waybill both include validation.',
  'The floor is `psql \\copy`, or two piped psql for variants that read PostgreSQL. The floor builds no indexes and runs no ANALYZE, so the seconds that a tool reports for these are not compared with it.',
  'pgloader leaves statistics to the server. Two of the ratios to it include the time of ANALYZE, and two do not.',
  'Every variant starts with a fresh database after a checkpoint, which is not timed. The source is warm.',
];

interface Reference {
  readonly pgloader: number;
  readonly tuned: number;
  readonly floor: number;
  /** The floor for variants that read PostgreSQL. */
  readonly pipe: number;
}

function cells(outcome: Outcome, reference: Reference, rounds: number): readonly string[] {
  const { variant, missing, samples } = outcome;
  if (missing !== undefined) return [variant.title, 'missing', ...Array<string>(columns.length - 3).fill('–'), '0'];
  const count = `${samples.length} of ${rounds}`;
  if (samples.length === 0) return [variant.title, 'invalid', ...Array<string>(columns.length - 3).fill('–'), count];
  const of = (key: keyof Sample): readonly number[] => samples.map((sample) => sample[key]);
  const wall = median(of('wallSeconds'));
  const indexes = median(of('constraintSeconds'));
  const analyze = median(of('analyzeSeconds'));
  const profile = median(of('profileSeconds'));
  const hasStages = variant.stageSeconds !== undefined;
  const readsPostgres = fromPostgres.includes(variant.name);
  return [
    variant.title,
    wall.toFixed(2),
    `${Math.min(...of('wallSeconds')).toFixed(2)}–${Math.max(...of('wallSeconds')).toFixed(2)}`,
    hasStages ? indexes.toFixed(2) : '–',
    hasStages ? analyze.toFixed(2) : '–',
    hasStages ? median(of('validationSeconds')).toFixed(2) : '–',
    profile > 0 ? profile.toFixed(2) : '–',
    ...(['cpuSeconds', 'sourceCpuSeconds', 'targetCpuSeconds'] as const).map((key) => median(of(key)).toFixed(2)),
    median(of('maxRssMb')).toFixed(0),
    ...[wall, wall - analyze].flatMap((seconds) =>
      [reference.pgloader, reference.tuned].map((peer) => (readsPostgres ? '–' : ratio(peer, seconds))),
    ),
    ratio(readsPostgres ? reference.pipe : reference.floor, wall - indexes - analyze),
    count,
  ];
}

/** Variants that read PostgreSQL, which cannot be compared with pgloader. */
const fromPostgres: readonly string[] = ['pgcopydb', 'psql-pipe', 'waybill-postgres'];

function ratio(reference: number, wall: number): string {
  return Number.isNaN(reference) ? '–' : (reference / wall).toFixed(2);
}

function wallOf(outcomes: readonly Outcome[], name: string): number {
  const found = outcomes.find(({ variant }) => variant.name === name);
  return median(found?.samples.map(({ wallSeconds }) => wallSeconds) ?? []);
}

function problems(outcomes: readonly Outcome[]): readonly string[] {
  const lines = outcomes.flatMap(({ variant, missing, invalid }) => [
    ...(missing === undefined ? [] : [`- ${variant.title}: missing, ${missing}.`]),
    ...invalid.map((reason) => `- ${variant.title}: a run does not count: ${reason}.`),
  ]);
  return lines.length === 0 ? [] : ['## Missing, or not counted', '', ...lines, ''];
}
