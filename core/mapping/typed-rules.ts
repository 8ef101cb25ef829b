import type { KeyFold } from '../model/key-fold.ts';
import type { ColumnType, Kind } from '../model/schema.ts';

import { Adjusted, type Converter, convertedAgain, Rejected, type Value } from '../model/value.ts';

import { columnRule, resultOf } from './column-rule.ts';
import { renamedLabel } from './convert/choice.ts';
import { type DatePolicy, dateDetail, dateOf, mayBecomeNull, momentOfDate, momentOfUtc } from './convert/date.ts';
import { jsonText, withMember } from './convert/json.ts';

import { bigintOf, decimalFrom, float32Of, floatOfDecimal, momentOfScale } from './convert/narrow.ts';
import { type DayFormat, dayFormats, parsedKinds, textWithin, valueOfText } from './convert/text.ts';
import { uuidOf, uuidOfBytes } from './convert/uuid.ts';

import { foldDetail } from './key-folds.ts';
import type { CompiledRule, Rule } from './mapping.ts';
import {
  aFold,
  aRule,
  aSurvey,
  aText,
  checkArguments,
  checkDate,
  checkOptions,
  oneOf,
  optionally,
  orNull,
  texts,
  textsByText,
} from './rule-arguments.ts';
import type { IsFirst, Survey } from './survey.ts';

/** Rules between two typed schemas of one product: ids stay, types narrow and new keys must hold. */

/**
 * The row's own id as a UUID, kept; other text becomes a UUID made from it (`not-a-uuid`), and references to it become the same.
 * Of 16 bytes, `order` says whether they are those of the UUID or swapped, as MySQL's `uuid_to_bin(id, 1)` writes them.
 */
export function uuid<C extends string>(column: C, options: { order?: 'plain' | 'swapped' } = {}): Rule<C> {
  checkOptions('uuid', `uuid('ID', { order: 'swapped' })`, options, { order: optionally(oneOf('plain', 'swapped')) });
  const { order } = options;
  const accepts: readonly Kind[] = order === undefined ? ['text', 'uuid', 'bytes'] : ['bytes'];
  const rule = columnRule({ name: 'uuid', preserves: 'identity' }, column, accepts, (_, { own }) => ({
    gives: { kind: 'uuid', native: 'uuid' },
    convert: order === undefined ? uuidOf(own) : uuidOfBytes(order),
  }));
  return order === undefined ? rule : { ...rule, detail: `${order} bytes` };
}

/** Text into a narrower column of the target; a longer one is rejected (`too-long`), never cut. */
export function within<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'within', preserves: 'nothing' }, column, ['text', 'enum'], (source, { target }) => {
    const { length = Number.POSITIVE_INFINITY } = target.type;
    const { labels: _, ...type } = source.type;
    return { gives: { ...type, kind: 'text', length }, convert: textWithin(length) };
  });
}

/**
 * A timestamp without a zone that was kept in UTC, as a timestamp with one; of a date, the moment at which it begins in UTC. With
 * a policy, zero dates and sentinels become what the rule `date` makes of them.
 */
export function utc<C extends string>(column: C, policy?: DatePolicy): Rule<C> {
  if (policy !== undefined) checkDate('utc', policy);
  const rule = columnRule({ name: 'utc', preserves: 'quantity' }, column, ['timestamp', 'date'], ({ type }) => {
    const { kind, scale = kind === 'date' ? 0 : 6 } = type;
    const gives: ColumnType = { kind: 'timestamptz', native: 'timestamp with time zone', scale };
    const moment = kind === 'date' ? momentOfDate : momentOfUtc;
    if (policy === undefined) return { gives, convert: moment };
    const date = dateOf(policy, kind);
    return { gives, convert: (v) => convertedAgain(date(v), moment), mayBeNull: mayBecomeNull(policy) };
  });
  return policy === undefined ? rule : { ...rule, ...dateDetail(policy) };
}

/**
 * A double in a real or in a numeric of fixed scale, a decimal or integer in a double or a real, or a time of seven digits in one of
 * six; a lost digit is recorded (`digits-lost`). A value beyond the range of the type rejects its row (`out-of-range`) or, of a statistic that the row can do without, becomes null (adjustment `out-of-range`).
 */
export function narrow<C extends string>(column: C, options: { outOfRange?: 'reject' | 'null' } = {}): Rule<C> {
  const usage = `narrow('latency', { outOfRange: 'null' })`;
  checkOptions('narrow', usage, options, { outOfRange: optionally(oneOf('reject', 'null')) });
  const isNull = options.outOfRange === 'null';
  const rule = columnRule({ name: 'narrow', preserves: 'quantity' }, column, narrowed, (source, { target }) => {
    const { gives, convert } = narrowing(source.type, target.type);
    return { gives, convert: isNull ? nullIfRejected(convert) : convert, mayBeNull: isNull };
  });
  return isNull ? { ...rule, detail: 'null if out of range' } : rule;
}

const temporal: readonly Kind[] = ['time', 'timestamp', 'timestamptz'];
const narrowed: readonly Kind[] = ['float64', 'decimal', 'int16', 'int32', 'int64', 'uint64', ...temporal];

function narrowing(source: ColumnType, target: ColumnType): { gives: ColumnType; convert: Converter } {
  if (temporal.includes(source.kind)) {
    const scale = Math.min(source.scale ?? 6, target.scale ?? 6);
    return { gives: { ...source, scale }, convert: momentOfScale(scale) };
  }
  if (target.kind === 'decimal')
    return { gives: target, convert: decimalFrom(target.scale ?? 0, target.precision ?? 38) };
  if (target.kind === 'int64' && source.kind === 'uint64')
    return { gives: { kind: 'int64', native: 'bigint' }, convert: bigintOf };
  if (source.kind === 'float64') return { gives: { kind: 'float32', native: 'real' }, convert: float32Of };
  return target.kind === 'float64'
    ? { gives: { kind: 'float64', native: 'double precision' }, convert: floatOfDecimal('float64') }
    : { gives: { kind: 'float32', native: 'real' }, convert: floatOfDecimal('float32') };
}

/** Null, recorded, instead of a reject. */
function nullIfRejected(convert: Converter): Converter {
  return (value) => {
    const converted = convert(value);
    return converted instanceof Rejected ? new Adjusted(null, converted.rule) : converted;
  };
}

/**
 * A number, a date or a timestamp, as the target has it, out of a text column. Texts of `none` become null by the rule. Any other text
 * that does not say exactly one value (`not-parsed`) or not one that the target holds (`out-of-range`) rejects its row, or becomes null,
 * recorded.
 */
export function parsed<C extends string>(
  column: C,
  options: { none?: readonly string[]; format?: DayFormat; other?: 'reject' | 'null' } = {},
): Rule<C> {
  checkOptions('parsed', `parsed('Born', { format: 'DD.MM.YYYY', none: [''] })`, options, {
    ...{
      none: optionally(texts),
      format: optionally(oneOf(...dayFormats)),
      other: optionally(oneOf('reject', 'null')),
    },
  });
  const { none = [], format, other } = options;
  const rule = columnRule({ name: 'parsed', preserves: 'nothing' }, column, ['text', 'enum'], (source, { target }) => {
    if (!parsedKinds.includes(target.type.kind)) return { gives: source.type, convert: (value) => value };
    const convert = valueOfText(target.type, format);
    const read = other === 'null' ? nullIfRejected(convert) : convert;
    return {
      ...{ gives: target.type, convert: (value) => (none.includes(value as string) ? null : read(value)) },
      mayBeNull: none.length > 0 || other === 'null',
    };
  });
  return { ...rule, detail: JSON.stringify(options) };
}

/** A label of an enum under another name; every label must have one. */
export function relabel<C extends string>(column: C, names: Readonly<Record<string, string>>): Rule<C> {
  checkArguments('relabel', `relabel('status', { ACTIVE: 'active' })`, [['names', names, textsByText]]);
  const labels = Object.values(names);
  const rule = columnRule({ name: 'relabel', preserves: 'nothing' }, column, ['enum'], () => ({
    gives: { kind: 'enum', native: 'enum', labels },
    convert: renamedLabel(names),
  }));
  return { ...rule, detail: JSON.stringify(names) };
}

/**
 * The JSON of a column (of none: an empty object) with the named columns in one added member, for values that the target has
 * no column for. Where all of them are null, the JSON is as it was.
 */
export function jsonWith<C extends string>(base: C | null, member: string, columns: readonly C[]): Rule<C> {
  checkArguments('json-with', `jsonWith('settings', '_legacy', ['description'])`, [
    ['base column', base, orNull(aText)],
    ['member', member, aText],
    ['columns', columns, texts],
  ]);
  return {
    name: 'json-with',
    preserves: 'nothing',
    reads: base === null ? columns : [base, ...columns],
    detail: member,
    compile(context): CompiledRule {
      const kinds = columns.map((name) => context.source(name).type.kind);
      const convert = (values: readonly Value[]): Value => {
        const json = base === null ? '{}' : (values[0] as string | null);
        const kept = base === null ? values : values.slice(1);
        if (kept.every((value) => value === null)) return json;
        const members = columns.map(
          (name, i) => `${JSON.stringify(name)}:${jsonText(kept[i] as Value, kinds[i] as Kind)}`,
        );
        return withMember(json ?? '{}', member, `{${members.join(',')}}`);
      };
      const mayBeNull = base !== null && context.source(base).nullable;
      return { gives: { kind: 'json', native: 'json' }, mayBeNull, how: { kind: 'row', convert } };
    },
  };
}

/** Another rule in the first row of each key only; in the others it rejects as `duplicate-key`. */
export function firstOf<C extends string>(keys: Survey<IsFirst>, rule: Rule<C>): Rule<C> {
  checkArguments('first-of', `firstOf(names, carry('name'))`, [
    ['keys', keys, aSurvey],
    ['rule', rule, aRule],
  ]);
  const reads = [...rule.reads, ...(keys.reads as readonly C[])];
  return {
    ...rule,
    reads,
    detail: [rule.detail ?? '', keys.detail].join('\n'),
    surveys: [...(rule.surveys ?? []), keys],
    compile(context): CompiledRule {
      const { gives, mayBeNull, how } = rule.compile(context);
      const convert = (values: readonly Value[]) => {
        const key = Object.fromEntries(keys.reads.map((name, i) => [name, values[rule.reads.length + i] as Value]));
        if (!context.facts(keys)(key)) return new Rejected('duplicate-key');
        return resultOf(how, values.slice(0, rule.reads.length));
      };
      return { gives, mayBeNull, how: { kind: 'row', convert } };
    },
  };
}

/**
 * Declares that another rule gives the key of a parent, or another unique column of it, resolved after the load as a `ref` is. With
 * `fold`, what the rule gives is written in the parent's spelling.
 */
export function pointsAt<C extends string>(
  entity: string,
  rule: Rule<C>,
  orphan: 'null' | 'reject',
  options: { readonly column?: string; readonly fold?: KeyFold } = {},
): Rule<C> {
  const usage = `pointsAt('users', carry('owner'), 'reject')`;
  checkArguments('points-at', usage, [
    ['parent table', entity, aText],
    ['rule', rule, aRule],
    ['orphan handling', orphan, oneOf('null', 'reject')],
  ]);
  checkOptions('points-at', usage, options, { column: optionally(aText), fold: optionally(aFold) });
  return { ...rule, ...foldDetail(options.fold, rule.detail), reference: { entity, none: [], orphan, ...options } };
}
