import type { Progress, StageName } from '../../engine/progress.ts';
import { canRedraw } from '../terminal.ts';
import { type StageMeter, stageMeter, type TableFigures } from './progress-meter.ts';
import { figuresLine, stageDoneLine, stageLine, tableDoneLine } from './progress-text.ts';

const REDRAW_MS = 200;
const LINE_MS = 5_000;
const MAX_TABLES = 4;
/** A table that took longer keeps its own line. */
const LONG_TABLE_SECONDS = 10;

/** The part of a stream that progress uses: stderr, or a test's stand-in. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'> & { write(text: string): unknown };

interface Stage {
  readonly name: StageName;
  /** `2/5 resolve`; the name alone where it is not known which stages follow. */
  readonly label: string;
  readonly unit: 'rows' | 'checks';
  readonly meter: StageMeter;
  readonly timer: NodeJS.Timeout;
}

/**
 * Prints progress for people. On a terminal it redraws one line for the stage and one for each table in progress. Elsewhere
 * it prints a line for the stage and one for its slowest table every five seconds. Long tables, finished stages and notes
 * keep a line. `close` ends the current stage, so that the next output begins on a new line.
 * @param stages the stages that the command goes through, which are then numbered.
 */
export function printedProgress(
  stream: ProgressStream,
  now: () => number,
  stages: readonly StageName[] = [],
): Progress & { close(): void } {
  const isTerminal = canRedraw(stream);
  let stage: Stage | null = null;
  let drawn: readonly string[] = [];
  const keep = (line: string): void => {
    stream.write(`${erasing(drawn, stream)}${line}\n`);
    drawn = [];
  };
  const draw = (): void => {
    if (stage === null) return;
    const lines = cutToScreen(linesOf(stage), stream);
    stream.write(`${erasing(drawn, stream)}${lines.join('\n')}`);
    drawn = lines;
  };
  const log = (): void => {
    if (stage !== null) for (const line of plainLinesOf(stage)) keep(line);
  };
  const close = (): void => {
    if (stage === null) return;
    clearInterval(stage.timer);
    keep(stageDoneLine(stage.label, stage.meter.whole(), stage.unit));
    stage = null;
  };
  return {
    stage(name, expected) {
      close();
      const timer = setInterval(isTerminal ? draw : log, isTerminal ? REDRAW_MS : LINE_MS).unref();
      const place = stages.indexOf(name) + 1;
      const label = place === 0 ? name : `${place}/${stages.length} ${name}`;
      stage = { name, label, unit: name === 'validate' ? 'checks' : 'rows', meter: stageMeter(expected, now), timer };
    },
    begin: (table) => stage?.meter.begin(table),
    rows: (table, count, bytes) => stage?.meter.rows(table, count, bytes),
    records: () => undefined,
    end(table) {
      if (stage === null) return;
      const figures = stage.meter.end(table);
      if (figures.seconds > LONG_TABLE_SECONDS) keep(`  ${tableDoneLine(table, figures, stage.unit)}`);
    },
    check: (validator) => stage?.meter.rows(validator, 1, 0),
    note: keep,
    close,
  };
}

/** With a bar, which is only drawn where it can be redrawn. */
function linesOf({ label, unit, meter }: Stage): readonly string[] {
  const tables = meter.underWay();
  const more = tables.length - MAX_TABLES;
  return [
    stageLine(label, meter.whole(), unit, true),
    ...tables.slice(0, MAX_TABLES).map((each) => `  ${figuresLine(each.table, each, unit)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function plainLinesOf({ label, unit, meter }: Stage): readonly string[] {
  const [first, ...others] = meter.underWay();
  const line = stageLine(label, meter.whole(), unit, false);
  if (first === undefined) return [line];
  const slowest = others.reduce((a, b) => (timeLeft(b) > timeLeft(a) ? b : a), first);
  return [line, `  ${figuresLine(slowest.table, slowest, unit)}`];
}

/** A table without an estimate counts as the slowest. */
function timeLeft({ secondsLeft }: TableFigures): number {
  return secondsLeft ?? Number.POSITIVE_INFINITY;
}

/** Leaves three columns free, so that no terminal wraps the line, not even after it echoes ^C. */
function cutToScreen(lines: readonly string[], { columns, rows }: ProgressStream): readonly string[] {
  const width = (columns || 80) - 3;
  return lines
    .slice(0, rows || lines.length)
    .map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
}

/** Returns the sequence that erases lines, including lines that a narrowed terminal has wrapped. */
function erasing(lines: readonly string[], { columns }: ProgressStream): string {
  if (lines.length === 0) return '';
  const height = lines.reduce((sum, line) => sum + Math.max(Math.ceil(line.length / (columns || 80)), 1), 0);
  return `\r${height > 1 ? `\u001b[${height - 1}A` : ''}\u001b[J`;
}
