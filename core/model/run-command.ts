/** A command that worked on a run. The first event that it appends to the event log holds it, as `by`. */
export interface RunCommand {
  /** The person who ran it: the name that was given, else the login; null when there is neither. */
  readonly operator: { readonly name: string; readonly from: 'option' | 'login' } | null;
  readonly host: string;
  /** The command line, with each URL reduced to server and database; null when a program called waybill as a library. */
  readonly command: string | null;
  readonly waybill: string;
  readonly node: string;
  /** The options that it used and that decide how rows are processed. */
  readonly settings: Readonly<Record<string, string>>;
}
