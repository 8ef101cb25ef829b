import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ProgressStream, printedProgress } from '../../../cli/progress/printed-progress.ts';
import { screen } from './screen.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function printing(stream: ProgressStream): ReturnType<typeof printedProgress> {
  return printedProgress(stream, () => performance.now());
}

function log(): ProgressStream & { readonly text: () => string } {
  let text = '';
  return { isTTY: false, columns: 0, rows: 0, write: (more) => (text += more), text: () => text };
}

const names = ['a > as', 'b > bs', 'c > cs', 'd > ds', 'e > es', 'f > fs', 'g > gs'];
const expected = names.map((table) => ({ table, rows: 1_000_000 }));

describe('on a terminal', () => {
  test('there is a line for the stage and one for each table in progress', () => {
    const terminal = screen(160);
    const progress = printing(terminal);
    progress.note('run r1');
    progress.stage('load', expected);
    for (const name of names.slice(0, 2)) progress.begin(name);
    progress.rows('a > as', 200_000, 30_000_000);
    vi.advanceTimersByTime(4_000);
    expect(terminal.shown()).toEqual([
      'run r1',
      'load  [>                   ] 2% · about 3 min left · 50,000 rows/s · 7.5 MB/s · 200,000 of about 7,000,000 rows · 0 of 7 tables',
      '  a > as  20% · about 16 s left · 50,000 rows/s · 7.5 MB/s · 200,000 of about 1,000,000 rows',
      '  b > bs  0% · 0 rows/s · 0 of about 1,000,000 rows',
    ]);
  });

  test('only four tables are shown, and the others are counted', () => {
    const terminal = screen(120);
    const progress = printing(terminal);
    progress.stage('load', expected);
    for (const name of names) progress.begin(name);
    vi.advanceTimersByTime(200);
    expect(terminal.shown().map((line) => line.split('  ').slice(0, 2).join('  '))).toEqual([
      'load  [>',
      '  a > as',
      '  b > bs',
      '  c > cs',
      '  d > ds',
      '  and 3 more',
    ]);
  });

  test('lines are redrawn in place at most five times a second, however often rows are reported', () => {
    const terminal = screen(120);
    const progress = printing(terminal);
    progress.stage('load', expected);
    for (let i = 0; i < 1_000; i++) {
      progress.rows('a > as', 10, 100);
      vi.advanceTimersByTime(1);
    }
    expect(terminal.writes).toBe(5);
    expect(terminal.shown()).toHaveLength(2);
    expect(terminal.shown()[0]).toMatch(
      /^load {2}.* 10,000 rows\/s · 0\.1 MB\/s · 10,000 of about 7,000,000 rows · 0 of 7 tables$/,
    );
  });

  test('notes, finished long tables and finished stages keep a line, and drawn lines are erased', () => {
    const terminal = screen(120);
    const progress = printing(terminal);
    progress.stage('load', expected.slice(0, 3));
    for (const name of names.slice(0, 3)) progress.begin(name);
    progress.rows('a > as', 500, 4_000_000);
    vi.advanceTimersByTime(1_000);
    progress.note('Stopping after the current part.');
    expect(terminal.shown()).toEqual(['Stopping after the current part.', '']);
    progress.end('b > bs');
    vi.advanceTimersByTime(9_500);
    progress.end('a > as');
    vi.advanceTimersByTime(200);
    expect(terminal.shown()).toEqual([
      'Stopping after the current part.',
      '  a > as  500 rows  10.5 s · 48 rows/s · 0.4 MB/s',
      expect.stringMatching(/^load .* 500 of about 1,000,500 rows/),
      expect.stringMatching(/^ {2}c > cs .* 0 of about 1,000,000 rows/),
    ]);
    progress.stage('resolve', []);
    vi.advanceTimersByTime(1_300);
    progress.close();
    expect(terminal.shown()).toEqual([
      'Stopping after the current part.',
      '  a > as  500 rows  10.5 s · 48 rows/s · 0.4 MB/s',
      'load  500 rows  10.7 s',
      'resolve  1.3 s',
      '',
    ]);
    vi.advanceTimersByTime(60_000);
    expect(terminal.shown()).toHaveLength(5);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a stage without rows shows its duration, and validate shows its number of checks', () => {
    const terminal = screen(120);
    const progress = printing(terminal);
    progress.stage('constraints', []);
    vi.advanceTimersByTime(100_000);
    expect(terminal.shown()).toEqual(['constraints  2 min']);
    progress.stage('validate', []);
    progress.begin('checksums');
    for (let i = 0; i < 4; i++) progress.check('checksums', 'pass');
    vi.advanceTimersByTime(1_000);
    expect(terminal.shown().slice(1)).toEqual([
      'validate  4 checks/s · 4 checks',
      '  checksums  4 checks/s · 4 checks',
    ]);
    progress.close();
    expect(terminal.shown().slice(1)).toEqual(['validate  4 checks  1.0 s', '']);
  });

  test.each([40, 60, 80])('lines are cut to %d columns and erased completely', (columns) => {
    const terminal = screen(columns);
    const progress = printing(terminal);
    progress.stage('load', expected);
    for (const name of names) progress.begin(name);
    for (let i = 0; i < 20; i++) {
      progress.rows('a > as', 12_345, 1_234_567);
      vi.advanceTimersByTime(200);
    }
    expect(terminal.shown()).toHaveLength(6);
    expect(Math.max(...terminal.shown().map((line) => line.length))).toBe(columns - 3);
    expect(terminal.shown()[0]).toMatch(/…$/);
    progress.close();
    expect(terminal.shown()).toEqual(['load  246,900 rows  4.0 s', '']);
  });

  test('a terminal that became narrower keeps nothing of earlier lines', () => {
    const terminal = screen(100);
    const progress = printing(terminal);
    progress.note('run r1');
    progress.stage('load', expected);
    for (const name of names) progress.rows(name, 10_000, 1_000_000);
    vi.advanceTimersByTime(1_000);
    terminal.narrow(30);
    progress.rows('a > as', 1, 1);
    vi.advanceTimersByTime(200);
    expect(terminal.shown()).toHaveLength(7);
    progress.close();
    expect(terminal.shown()).toEqual(['run r1', 'load  70,001 rows  1.2 s', '']);
  });

  test('a terminal of three rows shows three lines', () => {
    const terminal = screen(80, 3);
    const progress = printing(terminal);
    progress.stage('load', expected);
    for (const name of names) progress.begin(name);
    vi.advanceTimersByTime(600);
    expect(terminal.shown().map((line) => line.slice(0, 8))).toEqual(['load  [>', '  a > as', '  b > bs']);
    progress.close();
    expect(terminal.shown()).toEqual(['load  0.6 s', '']);
  });

  test('unfinished work is never 100%, and a table with more rows than expected shows no percentage', () => {
    const terminal = screen(120);
    const progress = printing(terminal);
    progress.stage('load', [{ table: 'a > as', rows: 100 }]);
    progress.rows('a > as', 100, 0);
    vi.advanceTimersByTime(1_000);
    expect(terminal.shown()).toEqual([
      'load  [===================>] 99% · 100 rows/s · 100 of about 100 rows · 0 of 1 table',
      '  a > as  99% · 100 rows/s · 100 of about 100 rows',
    ]);
    progress.rows('a > as', 100, 0);
    vi.advanceTimersByTime(1_000);
    expect(terminal.shown()).toEqual([
      'load  [===================>] 99% · 100 rows/s · 200 of about 200 rows · 0 of 1 table',
      '  a > as  100 rows/s · 200 rows',
    ]);
  });
});

test('the stages of a whole run are numbered, and validate counts its validators', () => {
  const terminal = screen(120);
  const progress = printedProgress(terminal, () => performance.now(), ['load', 'resolve', 'validate']);
  progress.stage('resolve', []);
  vi.advanceTimersByTime(1_300);
  progress.stage('validate', [
    { table: 'counts', rows: null },
    { table: 'checksums', rows: null },
  ]);
  progress.begin('counts');
  progress.check('counts', 'pass');
  progress.end('counts');
  vi.advanceTimersByTime(1_000);
  expect(terminal.shown()).toEqual(['2/3 resolve  1.3 s', '3/3 validate  1 checks/s · 1 checks · 1 of 2 validators']);
  progress.close();
});

describe('without a terminal', () => {
  test('there are plain lines every five seconds, for the stage and its slowest table', () => {
    const stream = log();
    const progress = printing(stream);
    progress.stage('load', expected.slice(0, 3));
    for (const table of names.slice(0, 3)) progress.begin(table);
    progress.end('c > cs');
    for (let second = 0; second < 11; second++) {
      vi.advanceTimersByTime(500);
      progress.rows('a > as', 40_000, 4_000_000);
      progress.rows('b > bs', 10_000, 1_000_000);
      vi.advanceTimersByTime(500);
    }
    expect(stream.text()).toBe(
      [
        'load  12% · about 35 s left · 50,000 rows/s · 5.0 MB/s · 250,000 of about 2,000,000 rows · 1 of 3 tables',
        '  b > bs  5% · about 2 min left · 10,000 rows/s · 1.0 MB/s · 50,000 of about 1,000,000 rows',
        'load  25% · about 30 s left · 50,000 rows/s · 5.0 MB/s · 500,000 of about 2,000,000 rows · 1 of 3 tables',
        '  b > bs  10% · about 90 s left · 10,000 rows/s · 1.0 MB/s · 100,000 of about 1,000,000 rows',
        '',
      ].join('\n'),
    );
    progress.end('a > as');
    progress.close();
    expect(stream.text().split('\n').slice(4)).toEqual([
      '  a > as  440,000 rows  11.0 s · 40,000 rows/s · 4.0 MB/s',
      'load  550,000 rows  11.0 s',
      '',
    ]);
    expect(stream.text()).not.toContain('\u001b');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a short run prints a line for each stage and nothing else', () => {
    const stream = log();
    const progress = printing(stream);
    progress.note('run r1');
    progress.stage('load', expected);
    for (const name of names) {
      progress.rows(name, 10, 100);
      progress.end(name);
      vi.advanceTimersByTime(500);
    }
    progress.stage('resolve', []);
    progress.close();
    progress.close();
    expect(stream.text()).toBe('run r1\nload  70 rows  3.5 s\nresolve  0.0 s\n');
  });
});
