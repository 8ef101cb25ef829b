/** Read timeout while rows are streaming; it takes effect within twice that time. */
export interface IdleTimeout {
  /** After this time the connection counts as interrupted; 0 or absent waits for ever. Statements that only compute may take longer. */
  readonly idleTimeoutMs?: number;
}

/** How a source is opened. */
export interface SourceOptions extends IdleTimeout {
  /** Logical schema name → name in the database; a directory ignores it. */
  readonly schemas: Readonly<Record<string, string>>;
  /**
   * How many reads may be open at once, all on one snapshot; 1 when absent. A source that cannot open so many uses fewer,
   * and `snapshot.note` says why.
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
