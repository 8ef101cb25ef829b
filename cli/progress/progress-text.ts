import type { Figures, StageFigures } from './progress-meter.ts';

/**
 * Formats the line of a stage: `1/5 load  [=======>    ] 60% · about 4 s left · 250,000 rows/s · 31.2 MB/s · 1,200,000 of about
 * 2,000,000 rows · 3 of 12 tables`.
 */
export function stageLine(label: string, figures: StageFigures, unit: string, hasBar: boolean): string {
  const { rows, expected, tables, tablesDone } = figures;
  const line = figuresLine(label, figures, unit);
  const named = hasBar && expected !== null && expected > 0 ? line.replace('  ', `  ${bar(rows / expected)} `) : line;
  const what = unit === 'checks' ? 'validator' : 'table';
  return tables === 0 ? named : `${named} · ${tablesDone} of ${tables} ${what}${tables === 1 ? '' : 's'}`;
}

const BAR_COLUMNS = 20;

/** Unfinished work never fills the bar. */
function bar(share: number): string {
  const done = Math.min(Math.floor(share * BAR_COLUMNS), BAR_COLUMNS - 1);
  return `[${`${'='.repeat(done)}>`.padEnd(BAR_COLUMNS)}]`;
}

/** Formats a line in progress: `c01.a > as  60% · about 4 s left · 250,000 rows/s · 31.2 MB/s · 1,200,000 of about 2,000,000 rows`. */
export function figuresLine(name: string, figures: Figures, unit: string): string {
  const { rows, expected, seconds, secondsLeft, rowsPerSecond, bytesPerSecond } = figures;
  if (rows === 0 && expected === null) return `${name}  ${durationText(seconds)}`;
  const facts = [
    expected === null || expected === 0 ? null : `${percent(rows, expected)}%`,
    secondsLeft === null ? null : `about ${durationText(secondsLeft)} left`,
    `${wholeText(rowsPerSecond)} ${unit}/s`,
    ...megabytes(figures.bytes, bytesPerSecond),
    `${wholeText(rows)}${expected === null ? '' : ` of about ${wholeText(expected)}`} ${unit}`,
  ];
  return `${name}  ${facts.filter((fact) => fact !== null).join(' · ')}`;
}

/** Formats a finished table with its average rate: `c01.tbl_order > orders  2,012,345 rows  8.1 s · 248,438 rows/s · 31.2 MB/s`. */
export function tableDoneLine(table: string, { rows, bytes, seconds }: Figures, unit: string): string {
  const rates = [`${wholeText(rows / seconds)} ${unit}/s`, ...megabytes(bytes, bytes / seconds)];
  return `${stageDoneLine(table, { rows, seconds }, unit)} · ${rates.join(' · ')}`;
}

/** Formats a finished stage: `load  2,012,345 rows  8.1 s`. */
export function stageDoneLine(
  name: string,
  { rows, seconds }: Pick<Figures, 'rows' | 'seconds'>,
  unit: string,
): string {
  return `${name}${rows === 0 ? '' : `  ${wholeText(rows)} ${unit}`}  ${seconds.toFixed(1)} s`;
}

/** Unfinished work shows 99% at most, whatever the estimate. */
function percent(rows: number, expected: number): number {
  return Math.min(Math.floor((rows / expected) * 100), 99);
}

function durationText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (seconds <= 90) return `${Math.ceil(seconds)} s`;
  return minutes <= 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function megabytes(bytes: number, perSecond: number): readonly string[] {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return bytes === 0 ? [] : [`${(perSecond / 1e6).toLocaleString('en-US', digits)} MB/s`];
}

function wholeText(n: number): string {
  return Math.round(n).toLocaleString('en-US');
}
