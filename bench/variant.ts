import type { ServersCpu } from './measurement/server-cpu.ts';

/** The two servers, the data set and the folders of one bench. */
export interface Bench {
  /** `mysql://…/` without a database. */
  readonly sourceUrl: string;
  /** The URL of a database on the target server. */
  readonly targetUrl: (database: string) => string;
  /** A temporary folder for the bench's files. */
  readonly folder: string;
  readonly scale: number;
  readonly cpu: ServersCpu;
}

/** A child process to be timed. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes of a successful run. Default: 0. */
  readonly accepted?: readonly number[];
}

/** Where a variant loads its rows: a database and the qualified name of each table, by source name. */
export interface Loaded {
  readonly database: string;
  readonly table: (source: string) => string;
}

/**
 * One way to fill the target, timed as one child process.
 *
 *     missing → (prepare → command, timed → loaded, counted → stageSeconds) each round
 */
export interface Variant {
  /** The name for `--only`. */
  readonly name: string;
  /** The row's title in the table. */
  readonly title: string;
  /** What the timed work includes and leaves out, as part of a sentence in the results. */
  readonly does: string;
  /** Why it cannot run here, or undefined when it can. */
  missing(bench: Bench): Promise<string | undefined>;
  /** Prepares an empty target; not timed. */
  prepare(bench: Bench): Promise<void>;
  command(bench: Bench): Promise<Command>;
  readonly loaded: Loaded;
  /** Seconds of the last run's stages, if the tool reports them; `validate` and `profile` are subtracted from its wall time. */
  stageSeconds?(bench: Bench, output: string): Promise<Readonly<Record<string, number>>>;
}
