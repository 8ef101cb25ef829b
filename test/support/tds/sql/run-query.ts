import { aggregates, evaluate, keyOf, sorted } from './evaluate.ts';
import { type Context, findColumn, type Names, type Relation, type RelationColumn, type Scope } from './relation.ts';
import type { Expression, FromItem, Query } from './syntax.ts';
import { baseOf, type SqlValue } from './values.ts';

/** Answers a query as a server would, by looking at every row. */
export function runQuery(query: Query, names: Names, outer: Scope | null = null): Relation {
  const run = (inner: Query, scope: Scope): Relation => runQuery(inner, names, scope);
  const { scopes, empty } = rowsOf(query, names, outer);
  const base = { group: null, all: scopes, names, run };
  const kept =
    query.where === null
      ? scopes
      : scopes.filter((scope) => evaluate(query.where as Expression, { ...base, scope }) === true);
  const contexts = contextsOf(query, kept, { ...base, all: kept, scope: empty });
  const ordered = sorted(contexts, query.orderBy, (context) => context);
  const rows = ordered.map((context) => query.items.map(({ value }) => evaluate(value, context)));
  const distinct = query.isDistinct ? distinctOf(rows) : rows;
  const end = query.fetch === null ? undefined : query.offset + query.fetch;
  return { columns: columnsOf(query, empty), rows: distinct.slice(0, query.top ?? undefined).slice(query.offset, end) };
}

/** One context a row, or one a group. */
function contextsOf({ groupBy, having, items }: Query, kept: readonly Scope[], base: Context): readonly Context[] {
  if (groupBy.length === 0) {
    if (!items.some(({ value }) => hasAggregate(value))) return kept.map((scope) => ({ ...base, scope }));
    return [{ ...base, scope: kept[0] ?? base.scope, group: kept }];
  }
  const groups = new Map<string, Scope[]>();
  for (const scope of kept) {
    const key = keyOf(groupBy, { ...base, scope });
    groups.set(key, [...(groups.get(key) ?? []), scope]);
  }
  const contexts = [...groups.values()].map((group) => ({ ...base, scope: group[0] as Scope, group }));
  return having === null ? contexts : contexts.filter((context) => evaluate(having, context) === true);
}

function hasAggregate(expression: Expression): boolean {
  switch (expression.is) {
    case 'call':
      return (aggregates.has(expression.name) && expression.over === null) || expression.args.some(hasAggregate);
    case 'convert':
    case 'method':
    case 'collate':
      return hasAggregate(expression.value);
    case 'binary':
      return hasAggregate(expression.left) || hasAggregate(expression.right);
    case 'case':
      return expression.branches.some(({ value }) => hasAggregate(value));
    default:
      return false;
  }
}

interface Rows {
  readonly scopes: readonly Scope[];
  /** A row of nulls, which has the columns. */
  readonly empty: Scope;
}

function rowsOf({ from }: Query, names: Names, outer: Scope | null): Rows {
  let scopes: Scope[] = [{ bindings: [], outer }];
  let empty: Scope = { bindings: [], outer };
  for (const item of from) {
    const relation = item.query === null ? names.relation(item.names) : runQuery(item.query, names, outer);
    const joined = (scope: Scope, row: readonly SqlValue[]): Scope => ({
      bindings: [...scope.bindings, { alias: item.alias, relation, row }],
      outer,
    });
    const nulls = relation.columns.map(() => null);
    scopes = scopes.flatMap((scope) => joinRows(item, relation, names, (row) => joined(scope, row), nulls));
    empty = joined(empty, nulls);
  }
  return { scopes, empty };
}

function joinRows(
  { join, on }: FromItem,
  { rows }: Relation,
  names: Names,
  joined: (row: readonly SqlValue[]) => Scope,
  nulls: readonly SqlValue[],
): readonly Scope[] {
  const all = rows.map(joined);
  if (on === null) return all;
  const run = (inner: Query, scope: Scope): Relation => runQuery(inner, names, scope);
  const found = all.filter((scope) => evaluate(on, { scope, group: null, all: [], names, run }) === true);
  return found.length === 0 && join === 'left' ? [joined(nulls)] : found;
}

function distinctOf(rows: readonly (readonly SqlValue[])[]): readonly (readonly SqlValue[])[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function columnsOf({ items }: Query, empty: Scope): readonly RelationColumn[] {
  return items.map(({ value, alias }) => ({
    name: alias,
    type: typeOf(value, empty),
    collation: value.is === 'column' ? findColumn(empty, value).column.collation : null,
  }));
}

const functionTypes: Readonly<Record<string, string>> = {
  count_big: 'bigint',
  row_number: 'bigint',
  db_name: 'nvarchar(128)',
  object_id: 'int',
  has_perms_by_name: 'int',
  hashbytes: 'varbinary(8000)',
  sql_variant_property: 'nvarchar(128)',
};

/** The type of an expression, which the server knows before it has a row. */
function typeOf(expression: Expression, scope: Scope): string {
  switch (expression.is) {
    case 'literal':
      return expression.type;
    case 'column':
      return findColumn(scope, expression).column.type;
    case 'convert':
      return expression.type;
    case 'case':
      return typeOf((expression.branches[0] as { value: Expression }).value, scope);
    case 'call':
      return functionTypes[expression.name] ?? typeOf(expression.args[0] as Expression, scope);
    case 'method':
      return { tostring: 'nvarchar(4000)', stsrid: 'int' }[expression.name] ?? 'varbinary(max)';
    case 'collate':
      return typeOf(expression.value, scope);
    case 'binary': {
      const type = typeOf(expression.right, scope);
      return baseOf(type) === 'varbinary' ? 'varbinary(max)' : type;
    }
    default:
      return 'bit';
  }
}
