/** How long a peer may say nothing while rows are on their way and somebody waits for it; it is noticed within twice that time. */
export interface IdleTimeout {
  /** Then the connection is given up as interrupted; 0 or absent waits for ever. Statements that only compute may take longer. */
  readonly idleTimeoutMs?: number;
}

/** How a source is opened. */
export interface SourceOptions extends IdleTimeout {
  /** Logical schema name → name in the database; a directory ignores it. */
  readonly schemas: Readonly<Record<string, string>>;
  /**
   * How many readings may be open at once, all of them on one snapshot; 1 when absent. A source that cannot have so many
   * reads with fewer, and `snapshot.note` says why.
   */
  readonly readers?: number;
}

/** How a target is opened. */
export interface TargetOptions extends IdleTimeout {
  readonly schema: string;
  /** Session settings, such as the tenant that row-level security asks for. */
  readonly settings: Readonly<Record<string, string>>;
  /** Indexes that may be built at a time; 1 when absent. */
  readonly jobs?: number;
}
