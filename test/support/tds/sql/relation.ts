import type { Expression, Query } from './syntax.ts';
import type { SqlValue } from './values.ts';

export interface RelationColumn {
  readonly name: string;
  /** As DDL writes it. */
  readonly type: string;
  readonly collation: string | null;
}

/** Rows with named columns: a table, a view of the catalog, or the result of a query. */
export interface Relation {
  readonly columns: readonly RelationColumn[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** What a query can name. */
export interface Names {
  /** @throws SqlError 208 when the table does not exist. */
  relation(names: readonly string[]): Relation;
  /** `sys.objects.object_id` of a quoted name; null when the object does not exist. */
  idOf(quotedName: string): SqlValue;
  readonly database: string;
  /** Whether the user sees values that are masked. */
  readonly mayUnmask: boolean;
}

/** The rows that an expression can name columns of, those of an outer query last. */
export interface Scope {
  readonly bindings: readonly {
    readonly alias: string;
    readonly relation: Relation;
    readonly row: readonly SqlValue[];
  }[];
  readonly outer: Scope | null;
}

/** What an expression is evaluated in. */
export interface Context {
  readonly scope: Scope;
  /** The rows of the group; null outside of one. */
  readonly group: readonly Scope[] | null;
  /** All rows of the query, for windows. */
  readonly all: readonly Scope[];
  readonly names: Names;
  run(query: Query, outer: Scope): Relation;
}

/** An error that the server answers with. */
export class SqlError extends Error {
  readonly number: number;
  readonly severity: number;
  /** Whether it ends the transaction, which the client is told first. */
  readonly endsTransaction: boolean;

  constructor(number: number, message: string, { severity = 16, endsTransaction = false } = {}) {
    super(message);
    this.number = number;
    this.severity = severity;
    this.endsTransaction = endsTransaction;
  }
}

interface Found {
  readonly column: RelationColumn;
  readonly value: SqlValue;
}

/** Finds a column and its value. @throws SqlError 207 when there is no such column. */
export function findColumn(scope: Scope, { table, name }: Extract<Expression, { is: 'column' }>): Found {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    for (const { alias, relation, row } of at.bindings) {
      if (table !== null && alias.toLowerCase() !== table.toLowerCase()) continue;
      const place = relation.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
      if (place >= 0) return { column: relation.columns[place] as RelationColumn, value: row[place] ?? null };
    }
  }
  throw new SqlError(207, `Invalid column name '${name}'.`);
}
