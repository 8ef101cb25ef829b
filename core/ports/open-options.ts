/** Time limit on waiting for a database while rows are being transferred. */
export interface IdleTimeout {
  /**
   * Milliseconds without a byte from the peer until the connection is closed as interrupted; closed after at most twice that
   * time. 0 or absent waits for ever. Statements that transfer no rows are not limited.
   */
  readonly idleTimeoutMs?: number;
}

/** Options for opening a source. */
export interface SourceOptions extends IdleTimeout {
  /** Logical schema name → name in the database. A directory ignores it. */
  readonly schemas: Readonly<Record<string, string>>;
  /**
   * How many parts can be read at the same time, all from one snapshot; 1 when absent. A source that cannot open so many
   * readers uses fewer, and `snapshot.note` says why.
   */
  readonly readers?: number;
}

/** Options for opening a target. */
export interface TargetOptions extends IdleTimeout {
  readonly schema: string;
  /** Session settings, such as the tenant that row-level security requires. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many indexes can be built at the same time; 1 when absent. */
  readonly jobs?: number;
}
