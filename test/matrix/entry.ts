/** A server or a Node that the tests run with. */
export interface Entry {
  /** `PostgreSQL 16`, `MySQL 9.7`, `Node 22`. */
  readonly name: string;
  /** The project of vitest, and the folders or files of its tests. */
  readonly project: 'fast' | 'servers';
  readonly tests: readonly string[];
  /** Gets the program into this folder. @throws Error of the program that failed, when it cannot be had here. */
  prepare(folder: string): Promise<Prepared>;
}

export interface Prepared {
  /** The exact version, as the program says it. */
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  /** The Node that runs the tests. */
  readonly node: string;
}
