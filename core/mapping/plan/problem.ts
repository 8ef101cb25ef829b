/** One thing that must be put right before a row moves. */

export interface Problem {
  /** Table or column. */
  readonly subject: string;
  /** A sentence: what was found and what is wanted. */
  readonly message: string;
}
