/** How long a peer may say nothing while rows are on their way and somebody waits for it; it is noticed within twice that time. */
export interface Patience {
  /** Then the connection is given up as interrupted; 0 or absent waits for ever. Statements that only compute may take longer. */
  readonly silenceMs?: number;
}
