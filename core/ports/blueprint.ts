/** DDL that makes a schema again under another name, with the names and definitions that another tool gave its objects. */
export interface Blueprint {
  /** File → SQL: `001.do.tables.sql`, `001.undo.tables.sql` and so on. */
  readonly files: Readonly<Record<string, string>>;
  /** Tables whose rows the DDL inserts, and how many. */
  readonly kept: readonly KeptTable[];
  /** Objects that it cannot make, with the reason. */
  readonly refused: readonly { readonly object: string; readonly why: string }[];
}

/** A table whose rows are those that the other tool wrote. */
export interface KeptTable {
  readonly table: string;
  readonly rows: number;
}

/** The version of a blueprint that rows are loaded into, and its last one. */
export const blueprintVersions = { load: 1, final: 4 } as const;
