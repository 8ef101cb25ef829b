/** A decision that stands, or one that waybill proposes and a person has to confirm. */
export type Decided = string | { readonly proposed: string };

/** Which target table a source table becomes, and which target column each of its columns. */
export interface TableMatch {
  readonly to: Decided;
  /** Source column → target column. */
  readonly columns: Readonly<Record<string, Decided>>;
  /** Source columns that stay behind, with the reason. */
  readonly drops?: Readonly<Record<string, Decided>>;
}

/** How the names of a source match those of a target that another tool made. */
export interface Matches {
  /** By source table, without the schema: what becomes of it, or why it stays behind. */
  readonly tables: Readonly<Record<string, TableMatch | { readonly leftBehind: Decided }>>;
  /** Target tables that no source table feeds, with the reason. They keep the rows that they have. */
  readonly kept: Readonly<Record<string, Decided>>;
}

/** What is decided or proposed. */
export function textOf(decided: Decided): string {
  return typeof decided === 'string' ? decided : decided.proposed;
}

/** Whether a person has to confirm it. */
export function isProposed(decided: Decided): boolean {
  return typeof decided !== 'string';
}
