/** Something that must be corrected before any row moves. */
export interface Problem {
  /** Table or column. */
  readonly subject: string;
  /** One sentence: what was found and what is expected. */
  readonly message: string;
}
