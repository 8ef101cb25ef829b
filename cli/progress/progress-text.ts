import type { Figures } from './progress-meter.ts';

/** Formats a line in progress: `load  60% · about 4 s left · 1,200,000 of about 2,000,000 rows · 250,000 rows/s · 31.2 MB/s`. */
export function figuresLine(name: string, figures: Figures, unit: string): string {
  const { rows, expected, seconds, secondsLeft, rowsPerSecond, bytesPerSecond } = figures;
  if (rows === 0 && expected === null) return `${name}  ${durationText(seconds)}`;
  const facts = [
    expected === null || expected === 0 ? null : `${percent(rows, expected)}%`,
    secondsLeft === null ? null : `about ${durationText(secondsLeft)} left`,
    `${wholeText(rows)}${expected === null ? '' : ` of about ${wholeText(expected)}`} ${unit}`,
    `${wholeText(rowsPerSecond)} ${unit}/s`,
    ...megabytes(figures.bytes, bytesPerSecond),
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
