/**
 * When a hook runs:
 *
 * - `before-load`: the tables are there, without rows
 * - `after-load`: all rows are loaded, references are not resolved
 * - `after-constraints`: indexes, foreign keys, views and triggers are built; sequences are not set
 * - `after-cutover`: the run is live
 */
export const hookPoints = ['before-load', 'after-load', 'after-constraints', 'after-cutover'] as const;

export type HookPoint = (typeof hookPoints)[number];

/** SQL of a pipeline that runs once at a point of a run, in one transaction. */
export interface Hook {
  readonly point: HookPoint;
  /** The file, from the folder of the hooks: `after-load/10-totals.sql`. */
  readonly name: string;
  readonly sql: string;
}

/** A hook that ran. */
export interface DoneHook {
  readonly point: HookPoint;
  readonly name: string;
  /** Of its SQL, in hex. */
  readonly sha256: string;
  /** When it was committed; ISO 8601 UTC. */
  readonly at: string;
  readonly seconds: number;
  /** Table → by how many rows the hook made it longer. */
  readonly rows: Readonly<Record<string, number>>;
}
