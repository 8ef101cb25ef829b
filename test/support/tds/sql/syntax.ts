import type { SqlValue } from './values.ts';

/** An expression of the subset of T-SQL that the connector asks with. */
export type Expression =
  | { readonly is: 'literal'; readonly value: SqlValue; readonly type: string }
  | { readonly is: 'column'; readonly table: string | null; readonly name: string }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly over: Window | null }
  | { readonly is: 'convert'; readonly type: string; readonly value: Expression; readonly style: number }
  | { readonly is: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'not'; readonly value: Expression }
  | { readonly is: 'null-test'; readonly value: Expression; readonly isNegated: boolean }
  | { readonly is: 'in'; readonly value: Expression; readonly list: readonly Expression[] }
  | {
      readonly is: 'case';
      readonly subject: Expression | null;
      readonly branches: readonly Branch[];
      readonly other: Expression;
    }
  | { readonly is: 'exists'; readonly query: Query }
  | { readonly is: 'method'; readonly value: Expression; readonly name: string }
  | { readonly is: 'collate'; readonly value: Expression; readonly collation: string };

interface Branch {
  readonly when: Expression;
  readonly value: Expression;
}

export interface Window {
  readonly partition: readonly Expression[];
  readonly order: readonly Expression[];
}

/** What a query reads from: a table by its names, or another query. */
export interface FromItem {
  readonly names: readonly string[];
  readonly query: Query | null;
  readonly alias: string;
  readonly join: 'cross' | 'inner' | 'left';
  readonly on: Expression | null;
}

export interface Query {
  readonly isDistinct: boolean;
  readonly top: number | null;
  readonly items: readonly { readonly value: Expression; readonly alias: string }[];
  readonly from: readonly FromItem[];
  readonly where: Expression | null;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | null;
  readonly orderBy: readonly Expression[];
  readonly offset: number;
  readonly fetch: number | null;
}
