import type { Progress } from '../engine/progress.ts';

const REDRAW_MS = 200;
const LINE_MS = 5_000;

/** Progress for people on stderr: one line that is redrawn on a terminal, a plain line every five seconds elsewhere. */
export function printedProgress(stream: NodeJS.WriteStream, now: () => number): Progress & { end(): void } {
  const isTerminal = stream.isTTY === true;
  let stage = '';
  let expected: number | null = null;
  let total = 0;
  let startedMs = 0;
  let shownMs = 0;
  const clear = (): void => {
    if (isTerminal && stage !== '') stream.write('\r\u001b[K');
  };
  const show = (table: string): void => {
    const text = progressLine({ stage, table, total, expected, seconds: (now() - startedMs) / 1000 });
    stream.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    shownMs = now();
  };
  const close = (): void => {
    clear();
    if (stage !== '') stream.write(`${stageLine(stage, total, (now() - startedMs) / 1000)}\n`);
    stage = '';
  };
  return {
    stage(name, expectedRows) {
      close();
      stage = name;
      expected = expectedRows;
      total = 0;
      startedMs = now();
      shownMs = startedMs;
    },
    rows(table, count) {
      total += count;
      if (now() - shownMs >= (isTerminal ? REDRAW_MS : LINE_MS)) show(table);
    },
    note(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end: close,
  };
}

/** Nothing is printed. */
export const silentProgress: Progress & { end(): void } = { stage() {}, rows() {}, note() {}, end() {} };

interface Moment {
  readonly stage: string;
  readonly table: string;
  readonly total: number;
  readonly expected: number | null;
  readonly seconds: number;
}

/** `load  1,200,000 of about 2,000,000 rows · 250,000 rows/s · about 4 s left · c01.tbl_order > orders`. */
function progressLine({ stage, table, total, expected, seconds }: Moment): string {
  const rate = seconds > 0 ? total / seconds : 0;
  const of = expected === null ? '' : ` of about ${number(Math.max(expected, total))}`;
  const left =
    expected === null || rate === 0 || expected <= total
      ? ''
      : ` · about ${Math.ceil((expected - total) / rate)} s left`;
  return `${stage}  ${number(total)}${of} ${unitOf(stage)} · ${number(Math.round(rate))} ${unitOf(stage)}/s${left} · ${table}`;
}

function stageLine(stage: string, total: number, seconds: number): string {
  const count = total === 0 ? '' : `  ${number(total)} ${unitOf(stage)}`;
  return `${stage}${count}  ${seconds.toFixed(1)} s`;
}

function unitOf(stage: string): string {
  return stage === 'validate' ? 'checks' : 'rows';
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}
