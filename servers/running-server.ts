/** A database server that tests, the bench or the demo may use until they stop it. */
export interface RunningServer {
  /** Where to connect; a started server listens on 127.0.0.1 only and asks for no password. */
  readonly url: string;
  /** The server's process; undefined when the URL came from the environment and nothing was started. */
  readonly pid: number | undefined;
  /** Where the data really lies (symbolic links resolved); undefined when nothing was started. */
  readonly dataDir: string | undefined;
  /** Resolves when the server is gone and its temporary files are removed; a second call does nothing. */
  stop(): Promise<void>;
}

/** The server behind a URL that somebody else started: `stop()` leaves it running. */
export function foreignServer(url: string): RunningServer {
  return { url, pid: undefined, dataDir: undefined, stop: async () => {} };
}
