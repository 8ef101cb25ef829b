import { createHash } from 'node:crypto';
import { convertValue } from './convert.ts';
import { type Context, findColumn, type Scope } from './relation.ts';
import type { Expression } from './syntax.ts';
import { compare, defaultCollation, Exact, Geometry, Hierarchy, type SqlValue, Temporal, Variant } from './values.ts';

type Call = Extract<Expression, { is: 'call' }>;
type Binary = Extract<Expression, { is: 'binary' }>;

/** Evaluates an expression. A condition is true, false, or null where it is unknown. */
export function evaluate(expression: Expression, context: Context): SqlValue {
  switch (expression.is) {
    case 'literal':
      return expression.value;
    case 'column':
      return findColumn(context.scope, expression).value;
    case 'convert':
      return convertValue(evaluate(expression.value, context), expression.type, expression.style);
    case 'binary':
      return binary(expression, context);
    case 'not': {
      const value = evaluate(expression.value, context);
      return value === null ? null : value !== true;
    }
    case 'null-test':
      return (evaluate(expression.value, context) === null) !== expression.isNegated;
    case 'in':
      return isIn(expression, context);
    case 'case':
      return caseOf(expression, context);
    case 'exists':
      return context.run(expression.query, context.scope).rows.length > 0;
    case 'method':
      return methodOf(evaluate(expression.value, context), expression.name);
    case 'collate':
      return evaluate(expression.value, context);
    case 'call':
      return call(expression, context);
  }
}

/** `and` is decided by one false, `or` by one true; otherwise an unknown operand makes it unknown. */
function logical(deciding: boolean, { left, right }: Binary, context: Context): SqlValue {
  const a = evaluate(left, context);
  if (a === deciding) return deciding;
  const b = evaluate(right, context);
  if (b === deciding) return deciding;
  return a === null || b === null ? null : !deciding;
}

function binary(expression: Binary, context: Context): SqlValue {
  const { sign, left, right } = expression;
  if (sign === 'and' || sign === 'or') return logical(sign === 'or', expression, context);
  const a = evaluate(left, context);
  const b = evaluate(right, context);
  if (a === null || b === null) return null;
  if ('+-*/%'.includes(sign)) return arithmetic(sign, a, b);
  const difference = compare(a, b, collationOf(left, context) ?? collationOf(right, context) ?? defaultCollation);
  switch (sign) {
    case '=':
      return difference === 0;
    case '<>':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    default:
      return difference >= 0;
  }
}

function arithmetic(sign: string, a: SqlValue, b: SqlValue): SqlValue {
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return Buffer.concat([a, b]);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  const [left, right] = [BigInt((a as Exact).text), BigInt((b as Exact).text)];
  if (sign === '/') return Exact.of(String(left / right));
  if (sign === '%') return Exact.of(String(left % right));
  throw new Error(`the double does not calculate "${sign}"`);
}

/** The collation that a column or a `collate` gives a comparison. */
function collationOf(expression: Expression, context: Context): string | null {
  if (expression.is === 'collate') return expression.collation;
  if (expression.is === 'column') return findColumn(context.scope, expression).column.collation;
  return expression.is === 'convert' ? collationOf(expression.value, context) : null;
}

function isIn({ value, list }: Extract<Expression, { is: 'in' }>, context: Context): SqlValue {
  const answers = list.map((right) => binary({ is: 'binary', sign: '=', left: value, right }, context));
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function caseOf({ subject, branches, other }: Extract<Expression, { is: 'case' }>, context: Context): SqlValue {
  for (const { when, value } of branches) {
    const condition: Expression = subject === null ? when : { is: 'binary', sign: '=', left: subject, right: when };
    if (evaluate(condition, context) === true) return evaluate(value, context);
  }
  return evaluate(other, context);
}

function methodOf(value: SqlValue, name: string): SqlValue {
  if (value instanceof Hierarchy && name === 'tostring') return value.text;
  if (value instanceof Geometry) return name === 'stsrid' ? Exact.of(String(value.srid)) : value.wkb;
  if (value === null) return null;
  throw new Error(`the double has no method ${name} for this value`);
}

function call(expression: Call, context: Context): SqlValue {
  const { name, args } = expression;
  if (aggregates.has(name)) return aggregate(expression, context);
  if (name === 'row_number') return Exact.of(String(windowOf(expression, context).indexOf(context.scope) + 1));
  const values = args.map((arg) => evaluate(arg, context));
  const [first = null, second = null] = values;
  switch (name) {
    case 'db_name':
      return context.names.database;
    case 'has_perms_by_name':
      return Exact.of(context.names.mayUnmask ? '1' : '0');
    case 'object_id':
      return context.names.idOf(String(first));
    case 'switchoffset':
      return first instanceof Temporal ? new Temporal(first.type, first.text, 0) : null;
    case 'hashbytes':
      return second === null
        ? null
        : createHash('sha256')
            .update(second as Buffer)
            .digest();
    case 'serverproperty':
      return '16.0.4135.4';
    case 'sql_variant_property':
      return first instanceof Variant ? first.type : null;
    default:
      throw new Error(`the double has no function ${name}`);
  }
}

/** The functions that look at all rows of a group, or of a window. */
export const aggregates: ReadonlySet<string> = new Set(['count_big', 'sum', 'min', 'max']);

function aggregate(expression: Call, context: Context): SqlValue {
  const { name, args, over } = expression;
  const rows = over === null ? (context.group ?? []) : windowOf(expression, context);
  const [argument] = args;
  if (argument === undefined) return Exact.of(String(rows.length));
  const values = rows.map((scope) => evaluate(argument, { ...context, scope, group: null }));
  const present = values.filter((value) => value !== null);
  if (name === 'count_big') return Exact.of(String(present.length));
  if (present.length === 0) return null;
  if (name === 'sum') return present.reduce((sum, value) => (sum as Exact).plus(value as Exact));
  const sign = name === 'min' ? -1 : 1;
  return present.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best));
}

/** The rows of the window that the current row is in, in its order. */
function windowOf({ over }: Call, context: Context): readonly Scope[] {
  const { partition, order } = over ?? { partition: [], order: [] };
  const own = keyOf(partition, context);
  const rows = context.all.filter((scope) => keyOf(partition, { ...context, scope }) === own);
  return sorted(rows, order, (scope) => ({ ...context, scope }));
}

/** Identifies the values that some expressions have, as their collations compare them. */
export function keyOf(expressions: readonly Expression[], context: Context): string {
  return JSON.stringify(
    expressions.map((expression) => {
      const value = evaluate(expression, context);
      if (typeof value !== 'string') return value instanceof Exact ? value.text : value;
      return value.replace(/ +$/, '').toLowerCase();
    }),
  );
}

/** Sorts rows by expressions; NULL comes first. */
export function sorted<T>(rows: readonly T[], order: readonly Expression[], contextOf: (row: T) => Context): T[] {
  const keyed = rows.map((row) => ({ row, keys: order.map((each) => evaluate(each, contextOf(row))) }));
  const collations = rows.slice(0, 1).flatMap((row) => order.map((each) => collationOf(each, contextOf(row))));
  keyed.sort((a, b) => {
    for (const [i, left] of a.keys.entries()) {
      const right = b.keys[i] ?? null;
      const difference = nullsFirst(left, right) ?? compare(left, right, collations[i] ?? defaultCollation);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function nullsFirst(a: SqlValue, b: SqlValue): number | null {
  if (a !== null && b !== null) return null;
  return Number(a !== null) - Number(b !== null);
}
