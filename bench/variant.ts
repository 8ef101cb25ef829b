/** The two servers, the data set and the folders of one bench. */
export interface Bench {
  /** `mysql://…/` without a database. */
  readonly sourceUrl: string;
  /** The URL of a database on the target server. */
  readonly targetUrl: (database: string) => string;
  /** A folder for files that go with the bench. */
  readonly folder: string;
  readonly scale: number;
}

/** A child process to be timed. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that mean it did its work. Default: 0. */
  readonly accepted?: readonly number[];
}

/** Where a variant's rows are afterwards: a database and the qualified name of each table, by source name. */
export interface Loaded {
  readonly database: string;
  readonly table: (source: string) => string;
}

/**
 * One way to fill the target, timed as one child process.
 *
 *     missing → (prepare → command, timed → loaded, counted → fault → apartSeconds) each round
 */
export interface Variant {
  /** The name for `--only`. */
  readonly name: string;
  /** The row's title in the table. */
  readonly title: string;
  /** What it does in its time and what not: a sentence of the fairness notes. */
  readonly does: string;
  /** Why it cannot run here, or undefined when it can. */
  missing(bench: Bench): Promise<string | undefined>;
  /** An empty target; not timed. */
  prepare(bench: Bench): Promise<void>;
  command(bench: Bench): Promise<Command>;
  readonly loaded: Loaded;
  /** Why the last run does not count though its exit code was accepted and its rows are there. Default: it counts. */
  fault?(bench: Bench): Promise<string | undefined>;
  /** Seconds of the last run that are taken out of its wall time and shown apart. Default: none. */
  apartSeconds?(bench: Bench): Promise<number>;
}
