import type { Expected } from '../../engine/progress.ts';

/** The progress of a table or of a whole stage. */
export interface Figures {
  readonly rows: number;
  readonly bytes: number;
  /** Never less than `rows`; null when unknown, for example when a table has more rows than estimated. */
  readonly expected: number | null;
  /** Over the last ten seconds, so that it shows the current rate. */
  readonly rowsPerSecond: number;
  readonly bytesPerSecond: number;
  /** At the current rate; null when unknown, when too little is done to tell, or when nothing is progressing. */
  readonly secondsLeft: number | null;
  /** Since the table or stage began. */
  readonly seconds: number;
}

/** The figures of a whole stage. */
export interface StageFigures extends Figures {
  /** Tables that are done, and all that the stage has; none where it reports no tables. */
  readonly tablesDone: number;
  readonly tables: number;
}

/** The figures of one table. */
export interface TableFigures extends Figures {
  readonly table: string;
}

/** Measures one stage. Finished tables count with their actual rows instead of the estimate. */
export interface StageMeter {
  begin(table: string): void;
  rows(table: string, count: number, bytes: number): void;
  /** @returns the final figures of the table. */
  end(table: string): TableFigures;
  /** The sum of all tables. */
  whole(): StageFigures;
  /** The tables in progress, in the order of the stage. */
  underWay(): readonly TableFigures[];
}

const WINDOW_MS = 10_000;
/** The time left is not estimated before: the first rows say nothing about the rate. */
const ETA_SECONDS = 3;
const ETA_SHARE = 0.01;
/** Rows that arrive within this time form one mark of the window. */
const MARK_MS = 250;

interface Table {
  readonly estimate: number | null;
  /** Null before the table begins. */
  window: RateWindow | null;
  isDone: boolean;
}

/** Starts the meter of a stage. @param now a monotonic clock in milliseconds. */
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
    whole: () => ({
      ...figures(all, expected.length === 0 ? null : expectedOf([...tables.values()])),
      tablesDone: [...tables.values()].filter(({ isDone }) => isDone).length,
      tables: expected.length,
    }),
    underWay: () => {
      const open = [...tables].filter(([, { window, isDone }]) => window !== null && !isDone);
      return open.map(([table]) => figuresOf(table));
    },
  };
}

/** Finished tables count with their actual rows. Null when any unfinished table has no estimate. */
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
  const isKnown =
    left > 0 && read.rowsPerSecond > 0 && read.seconds >= ETA_SECONDS && read.rows >= ETA_SHARE * (expected ?? 0);
  return { ...read, expected, secondsLeft: isKnown ? left / read.rowsPerSecond : null };
}

interface RateWindow {
  add(rows: number, bytes: number): void;
  read(): Omit<Figures, 'expected' | 'secondsLeft'>;
}

interface Mark {
  readonly ms: number;
  /** Totals up to the end of the mark. */
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
      // Keep the last mark before the window: it holds the totals at its start.
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
