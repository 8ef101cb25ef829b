/** What the DDL leaves behind: `index table.name`, `default table.column` and their like → the reason. */
export type LeftBehind = Map<string, string>;
