/** What a run tells the one who watches it; the command line prints it, tests keep it. */
export interface Progress {
  /** A stage begins; `expectedRows` is an estimate, null when nobody knows. */
  stage(name: string, expectedRows: number | null): void;
  /** Rows that went through, of this table, since the last call. */
  rows(table: string, count: number): void;
  /** Something worth a line. */
  note(text: string): void;
}
