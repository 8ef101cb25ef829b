import type { ProgressStream } from '../../../cli/progress/printed-progress.ts';

const esc = '\u001b';
const tokens = new RegExp(`${esc}\\[\\d*[A-Z]|[\\s\\S]`, 'gu');
const up = new RegExp(`^${esc}\\[(\\d+)A$`);

/** A test terminal that shows what was written to it and wraps lines as terminals do. */
export interface Screen extends ProgressStream {
  columns: number;
  rows: number;
  /** All lines, including those that were scrolled out of sight. */
  shown(): string[];
  /** Makes the terminal narrower, which wraps the lines that no longer fit. */
  narrow(columns: number): void;
  /** Number of writes. */
  writes: number;
}

/** Creates a test terminal. @throws on a control sequence that it does not know. */
export function screen(columns: number, rows = 24): Screen {
  let lines = [''];
  let row = 0;
  let column = 0;
  const put = (char: string): void => {
    if (column === made.columns) {
      row++;
      column = 0;
    }
    lines[row] = (lines[row] ?? '').padEnd(column).slice(0, column) + char + (lines[row] ?? '').slice(column + 1);
    column++;
  };
  const made: Screen = {
    isTTY: true,
    columns,
    rows,
    writes: 0,
    narrow(narrower) {
      made.columns = narrower;
      lines = lines.flatMap((line) => line.match(new RegExp(`.{1,${narrower}}`, 'g')) ?? ['']);
      row = lines.length - 1;
      column = lines[row]?.length ?? 0;
    },
    shown: () => lines.map((line) => line.trimEnd()),
    write(text) {
      made.writes++;
      for (const [token] of text.matchAll(tokens)) {
        const moved = up.exec(token);
        if (moved !== null) row = Math.max(row - Number(moved[1]), 0, lines.length - made.rows);
        else if (token === `${esc}[J`) {
          lines = lines.slice(0, row + 1);
          lines[row] = (lines[row] ?? '').slice(0, column);
        } else if (token === '\r') column = 0;
        else if (token === '\n') {
          row++;
          column = 0;
          lines[row] ??= '';
        } else if (token.startsWith(esc)) throw new Error(`unknown sequence ${JSON.stringify(token)}`);
        else put(token);
      }
    },
  };
  return made;
}
