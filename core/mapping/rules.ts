import { rowText } from '../model/row-text.ts';
import { type ColumnType, type Kind, kinds } from '../model/schema.ts';
import type { Converted, Converter, Row, Value } from '../model/value.ts';
import { columnRule } from './column-rule.ts';
import { type BooleanLabels, booleanOf, booleanOfLabels } from './convert/boolean.ts';
import { enumLabel, setMembers } from './convert/choice.ts';
import { type DatePolicy, dateDetail, dateOf, mayBecomeNull } from './convert/date.ts';
import { amountOfScale, decimalOfScale } from './convert/decimal.ts';
import { foldKey } from './convert/fold.ts';
import { optionalTextOf, textOf } from './convert/text.ts';
import { uuidOf } from './convert/uuid.ts';
import { foldDetail, isOneOf } from './key-folds.ts';
import type { Known, Operation, ReferenceOptions, ReferenceRule, Rule, RuleContext } from './mapping.ts';
import {
  aFunction,
  aText,
  checkArguments,
  checkBool,
  checkDate,
  checkDerive,
  checkRef,
  oneOf,
  texts as textList,
} from './rule-arguments.ts';
import type { Survey } from './survey.ts';

/** The rules that mappings are written with. `convert/` documents what each converter does to a value. */

const uuidType: ColumnType = { kind: 'uuid', native: 'uuid' };
const same: Converter = (value) => value;

const integers: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64'];
const dates: readonly Kind[] = ['date', 'timestamp', 'timestamptz'];
const arrays: readonly Kind[] = ['set', 'textArray'];
/** The kinds whose values are text. */
const texts: readonly Kind[] = kinds.filter((kind) => kind !== 'boolean' && kind !== 'bytes' && !arrays.includes(kind));

/** The kinds that can be a legacy key, by what ids are made of. */
export const keyKinds: Readonly<Record<'integer' | 'text', readonly Kind[]>> = {
  integer: integers,
  text: [...integers, 'text', 'enum', 'uuid'],
};

/** Carries a value exactly; the plan refuses it when the target's type cannot hold the source's. */
export function carry<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'carry', preserves: 'value' }, column, kinds, (source, { target }) => {
    const scale = scaleOf(target.type);
    const convert = scale === null ? same : decimalOfScale(scale);
    return { gives: source.type, convert, operation: { name: 'carry', scale } };
  });
}

/** Digits that every value of a numeric has after the point; null where each value has its own number of them. */
function scaleOf({ kind, scale }: ColumnType): number | null {
  return kind === 'decimal' && scale !== undefined ? Math.max(0, scale) : null;
}

/** Text; NUL is removed (`nul-removed`). */
export function text<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'text', preserves: 'nothing' }, column, texts, (source) => ({
    gives: asText(source.type),
    convert: textOf,
    operation: { name: 'text', emptyIsNull: false },
  }));
}

/** Text in which '' means "none" and becomes null. */
export function optionalText<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'optional-text', preserves: 'nothing' }, column, texts, (source) => ({
    gives: asText(source.type),
    convert: optionalTextOf,
    operation: { name: 'text', emptyIsNull: true },
    mayBeNull: true,
  }));
}

/** A boolean from an integer or from bits, or from any text whose meanings are declared: `{ true: ['Y'], false: ['N'] }`. */
export function bool<C extends string>(column: C, labels?: BooleanLabels): Rule<C> {
  checkBool(labels);
  const named = { name: 'boolean', preserves: 'nothing' } as const;
  const gives: ColumnType = { kind: 'boolean', native: 'boolean' };
  if (labels === undefined)
    return columnRule(named, column, [...integers, 'boolean', 'bits'], (source) => ({
      ...{ gives, convert: booleanOf(source.type.kind), operation: { name: 'boolean' } },
    }));
  const mayBeNull = labels.null !== undefined || labels.other === 'null';
  const rule = columnRule(named, column, texts, () => ({ gives, convert: booleanOfLabels(labels), mayBeNull }));
  return { ...rule, detail: JSON.stringify(labels) };
}

const defaultAmount: ColumnType = { kind: 'decimal', native: 'numeric(18,2)', precision: 18, scale: 2 };

/** Money out of a floating column or a wider decimal; the target's numeric gives precision and scale, 18 and 2 when it has none. */
export function amount<C extends string>(column: C): Rule<C> {
  return columnRule(
    { name: 'amount', preserves: 'quantity' },
    column,
    [...integers, 'decimal', 'float32', 'float64'],
    (_source, { target }) => {
      const { scale = 2, precision = 18 } = target.type;
      return {
        gives: target.type.kind === 'decimal' ? target.type : defaultAmount,
        convert: amountOfScale(scale, precision),
        operation: { name: 'amount', scale, precision },
      };
    },
  );
}

/** A date or a timestamp; zero dates become null or the declared date, and sentinels become null, recorded. */
export function date<C extends string>(column: C, policy: DatePolicy = {}): Rule<C> {
  checkDate('date', policy);
  const rule = columnRule({ name: 'date', preserves: 'quantity' }, column, dates, ({ type }) => ({
    ...{ gives: type, convert: dateOf(policy, type.kind), mayBeNull: mayBecomeNull(policy) },
    ...(policy.zero === undefined ? { operation: { name: 'date', sentinels: policy.sentinels ?? [] } } : {}),
  }));
  return { ...rule, ...dateDetail(policy) };
}

/** A label of an ENUM as text, or as a label of the target's enum. */
export function label<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'label', preserves: 'nothing' }, column, ['enum'], ({ type }, { target }) => ({
    gives: target.type.kind === 'enum' ? type : asText(type),
    convert: enumLabel(type.labels ?? []),
    operation: { name: 'label', labels: type.labels ?? [] },
    mayBeNull: true,
  }));
}

/** The members of a SET as text[]. */
export function members<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'members', preserves: 'nothing' }, column, ['set'], (source) => ({
    gives: { kind: 'textArray', native: 'text[]' },
    convert: setMembers(source.type.labels ?? []),
    operation: { name: 'members', labels: source.type.labels ?? [] },
  }));
}

/** The entity's own id from its legacy key: an integer keeps its value inside, a text is folded first. */
export function id<C extends string>(column: C, keyedBy: 'integer' | 'text' = 'integer'): Rule<C> {
  checkArguments('id', `id('Code', 'text')`, [['keyedBy', keyedBy, oneOf('integer', 'text')]]);
  return {
    ...columnRule({ name: 'id', preserves: 'nothing' }, column, keyKinds[keyedBy], (_source, { own }) => ({
      gives: uuidType,
      convert: keyedBy === 'integer' ? (v) => own.ofInteger(v as string) : (v) => own.ofText(foldKey(v as string)),
      operation: { name: 'id', ids: own, keyedBy },
    })),
    makesId: keyedBy,
  };
}

/** The id of a row without a key: made of its whole content and of which of its equals it is, counted from 1. */
export function idOfRow<C extends string>(columns: readonly C[]): Rule<C> {
  checkArguments('id-of-row', `idOfRow(['A', 'B'])`, [['columns', columns, textList]]);
  return {
    name: 'id-of-row',
    preserves: 'nothing',
    reads: columns,
    makesId: 'row',
    compile({ own }) {
      let last = '';
      let occurrence = 0;
      const convert = (values: Row): Converted => {
        const content = rowText(values);
        occurrence = content === last ? occurrence + 1 : 1;
        last = content;
        return own.ofText(`${content}\u0000${occurrence}`);
      };
      return { gives: uuidType, mayBeNull: false, how: { kind: 'row', convert, isStateful: true } };
    },
  };
}

/**
 * The id of the row that a legacy key points at: made of the key as the parent's is, or the key itself where the parent's
 * is carried, written as the parent's where `fold` says what does not count. `none` values become null by the rule; a key without a
 * parent becomes null (recorded) or rejects its row, as `orphan` says, when the references are resolved after the load.
 */
export function ref<C extends string>(entity: string, column: C, options: ReferenceOptions<C>): Rule<C> {
  checkRef(entity, column, options);
  const { when, orphan, none = [], fold } = options;
  const reference: ReferenceRule = { entity, none, orphan, ...(fold === undefined ? {} : { fold }) };
  return {
    name: 'ref',
    preserves: 'nothing',
    reads: when === undefined ? [column] : [column, when.column],
    ...foldDetail(fold),
    reference: when === undefined ? reference : { ...reference, when },
    compile(context) {
      const source = context.source(column);
      const isCarried = context.entity(entity).keyedBy === 'carried' && context.target.type.kind !== 'uuid';
      const gives = isCarried ? source.type : uuidType;
      const convert = referenceConverter(context, reference);
      const mayBeNull = source.nullable || reference.none.length > 0 || when !== undefined;
      const operation = referenceOperation(context, reference, when?.equals ?? null);
      if (when === undefined) return { gives, mayBeNull, how: { kind: 'converter', convert }, ...operation };
      const chosen = (values: Row): Converted =>
        values[0] !== null && when.equals.includes(String(values[1])) ? convert(values[0] as Value) : null;
      return { gives, mayBeNull, how: { kind: 'row', convert: chosen }, ...operation };
    },
  };
}

/** A carried key has no operation, since its conversion depends on the parent's kind. */
function referenceOperation(
  context: RuleContext,
  { entity, none }: ReferenceRule,
  whenEquals: readonly string[] | null,
): { readonly operation?: Operation } {
  const { ids, keyedBy } = context.entity(entity);
  return keyedBy === 'carried' ? {} : { operation: { name: 'reference', ids, keyedBy, none, whenEquals } };
}

function referenceConverter(context: RuleContext, { entity, none, fold }: ReferenceRule): Converter {
  const { ids, keyedBy } = context.entity(entity);
  if (keyedBy === 'carried') {
    const key = context.target.type.kind === 'uuid' ? uuidOf(ids) : same;
    const isNone = isOneOf(none, fold);
    return (v) => (isNone(v as string) ? null : key(v));
  }
  if (keyedBy === 'integer') return (v) => (none.includes(v as string) ? null : ids.ofInteger(v as string));
  const folded = none.map(foldKey);
  const cache = new Map<string, string>();
  return (v) => {
    const key = foldKey(v as string);
    if (folded.includes(key)) return null;
    let made = cache.get(key);
    if (made === undefined) {
      made = ids.ofText(key);
      if (cache.size < CACHED_KEYS) cache.set(key, made);
    }
    return made;
  };
}

/** Codes repeat; a version 5 UUID costs a hash. Past this many distinct keys the rest is computed each time. */
const CACHED_KEYS = 100_000;

/** A value that is the same for every row; `name` says where it comes from: `tenant`, `constant`. */
export function constant(name: string, value: (context: RuleContext) => string | boolean | null): Rule<never> {
  checkArguments('constant', `constant('active', () => 'active')`, [
    ['name', name, aText],
    ['value', value, aFunction],
  ]);
  return {
    name,
    preserves: 'nothing',
    reads: [],
    detail: value.toString(),
    compile(context) {
      const made = value(context);
      return { gives: context.target.type, mayBeNull: made === null, how: { kind: 'constant', value: made } };
    },
  };
}

/**
 * A pure function of several columns, for conversions without a named rule. The function sees the values by column name, null among
 * them, the parameters of the run and what the surveys that it names found. One that says `mayBeNull: false` may fill a NOT
 * NULL column; if it still gives null, the target refuses the row.
 */
export function derive<const C extends string>(
  columns: readonly C[],
  gives: ColumnType,
  fn: (values: Readonly<Record<C, Value>>, known: Known) => Converted,
  options: { mayBeNull?: boolean; surveys?: readonly Survey[] } = {},
): Rule<C> {
  checkDerive(columns, gives, fn, options);
  const { mayBeNull = true, surveys = [] } = options;
  return {
    name: 'derive',
    preserves: 'nothing',
    reads: columns,
    detail: [fn.toString(), ...surveys.map((survey) => survey.detail)].join('\n'),
    surveys,
    compile: (known) => ({
      gives,
      mayBeNull,
      how: {
        kind: 'row',
        convert: (values) => fn(Object.fromEntries(columns.map((c, i) => [c, values[i]])) as Record<C, Value>, known),
      },
    }),
  };
}

/** The same type as text: its length stays, or is that of the longest label. */
function asText(type: ColumnType): ColumnType {
  return { ...type, kind: 'text' };
}
