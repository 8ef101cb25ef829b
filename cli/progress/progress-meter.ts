import type { Expected } from '../../engine/progress.ts';

/** How far a table is, or a stage in all. */
export interface Figures {
  readonly rows: number;
  readonly bytes: number;
  /** Never less than `rows`; null when nobody knows, as of a table that has more rows than its estimate said. */
  readonly expected: number | null;
  /** Over the last ten seconds, so that it shows what is, not what was. */
  readonly rowsPerSecond: number;
  readonly bytesPerSecond: number;
  /** At the present rate; null when nobody knows or nothing goes on. */
  readonly secondsLeft: number | null;
  /** Since the beginning. */
  readonly seconds: number;
}

export interface TableFigures extends Figures {
  readonly table: string;
}

/** Keeps the figures of one stage. A table that is done counts as what it had, not as what was expected of it. */
export interface StageMeter {
  begin(table: string): void;
  rows(table: string, count: number, bytes: number): void;
  /** @returns the last figures of the table. */
  end(table: string): TableFigures;
  /** The sum of all tables. */
  whole(): Figures;
  /** The tables that began and are not done, in the order of the stage. */
  underWay(): readonly TableFigures[];
}

const WINDOW_MS = 10_000;
/** What comes in within this time is one mark of the window. */
const MARK_MS = 250;

interface Table {
  readonly estimate: number | null;
  /** null before it began. */
  window: RateWindow | null;
  isDone: boolean;
}

/** The meter of a stage that begins now. @param now milliseconds that never go back. */
export function stageMeter(expected: readonly Expected[], now: () => number): StageMeter {
  const all = rateWindow(now);
  const tables = new Map<string, Table>();
  for (const { table, rows } of expected) tables.set(table, { estimate: rows, window: null, isDone: false });
  const begun = (name: string): Table & { readonly window: RateWindow } => {
    const table = tables.get(name) ?? { estimate: null, window: null, isDone: false };
    tables.set(name, table);
    table.window ??= rateWindow(now);
    return table as Table & { window: RateWindow };
  };
  const figuresOf = (table: string): TableFigures => {
    const { window, estimate } = begun(table);
    return { table, ...figures(window, estimate === null || estimate < window.read().rows ? null : estimate) };
  };
  return {
    begin(table) {
      begun(table);
    },
    rows(table, count, bytes) {
      begun(table).window.add(count, bytes);
      all.add(count, bytes);
    },
    end(table) {
      begun(table).isDone = true;
      return figuresOf(table);
    },
    whole: () => figures(all, expected.length === 0 ? null : expectedOf([...tables.values()])),
    underWay: () => {
      const open = [...tables].filter(([, { window, isDone }]) => window !== null && !isDone);
      return open.map(([table]) => figuresOf(table));
    },
  };
}

/** What is done counts as what it had; null when a table that is not done is anybody's guess. */
function expectedOf(tables: readonly Table[]): number | null {
  let sum = 0;
  for (const { estimate, window, isDone } of tables) {
    const rows = window?.read().rows ?? 0;
    if (isDone) sum += rows;
    else if (estimate === null) return null;
    else sum += Math.max(estimate, rows);
  }
  return sum;
}

function figures(window: RateWindow, expected: number | null): Figures {
  const read = window.read();
  const left = expected === null ? 0 : expected - read.rows;
  return { ...read, expected, secondsLeft: left > 0 && read.rowsPerSecond > 0 ? left / read.rowsPerSecond : null };
}

interface RateWindow {
  add(rows: number, bytes: number): void;
  read(): Omit<Figures, 'expected' | 'secondsLeft'>;
}

interface Mark {
  readonly ms: number;
  /** In all, up to the end of the mark. */
  rows: number;
  bytes: number;
}

function rateWindow(now: () => number): RateWindow {
  const startMs = now();
  const marks: Mark[] = [];
  let rows = 0;
  let bytes = 0;
  return {
    add(moreRows, moreBytes) {
      rows += moreRows;
      bytes += moreBytes;
      const last = marks.at(-1);
      if (last === undefined || now() - last.ms >= MARK_MS) marks.push({ ms: now(), rows, bytes });
      else Object.assign(last, { rows, bytes });
    },
    read() {
      const elapsedMs = now() - startMs;
      const fromMs = now() - WINDOW_MS;
      // The last mark before the window stays: it is what the window began with.
      while (marks.length > 1 && (marks[1] as Mark).ms <= fromMs) marks.shift();
      const [first] = marks;
      const before = first !== undefined && first.ms <= fromMs ? first : { rows: 0, bytes: 0 };
      const span = Math.min(Math.max(elapsedMs, MARK_MS), WINDOW_MS) / 1000;
      return {
        rows,
        bytes,
        rowsPerSecond: (rows - before.rows) / span,
        bytesPerSecond: (bytes - before.bytes) / span,
        seconds: elapsedMs / 1000,
      };
    },
  };
}
