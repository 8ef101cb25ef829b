import type { ColumnType, Kind } from '../model/schema.ts';
import { Adjusted, type Converter, Rejected, type Value } from '../model/value.ts';
import { columnRule } from './column-rule.ts';
import { renamedLabel } from './convert/choice.ts';
import { momentOfUtc } from './convert/date.ts';
import { jsonText, withMember } from './convert/json.ts';
import { decimalFrom, float32Of } from './convert/narrow.ts';
import { textWithin } from './convert/text.ts';
import { uuidOf } from './convert/uuid.ts';
import type { CompiledRule, Rule } from './mapping.ts';
import {
  aRule,
  aSurvey,
  aText,
  checkArguments,
  checkOptions,
  oneOf,
  optionally,
  orNull,
  texts,
  textsByText,
} from './rule-arguments.ts';
import type { IsFirst, Survey } from './survey.ts';

/** Rules between two typed schemas of one product: ids stay, types narrow and new keys must hold. */

/** The row's own id as a UUID, kept; other text becomes a UUID made from it (`not-a-uuid`), and references to it become the same. */
export function uuid<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'uuid', preserves: 'identity' }, column, ['text', 'uuid'], (_, { own }) => ({
    gives: { kind: 'uuid', native: 'uuid' },
    convert: uuidOf(own),
  }));
}

/** Text into a narrower column of the target; a longer one is rejected (`too-long`), never cut. */
export function within<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'within', preserves: 'nothing' }, column, ['text', 'enum'], (source, { target }) => {
    const { length = Number.POSITIVE_INFINITY } = target.type;
    const { labels: _, ...type } = source.type;
    return { gives: { ...type, kind: 'text', length }, convert: textWithin(length) };
  });
}

/** A timestamp without a zone that was kept in UTC, as a timestamp with one. */
export function utc<C extends string>(column: C): Rule<C> {
  return columnRule({ name: 'utc', preserves: 'quantity' }, column, ['timestamp'], (source) => {
    const { scale = 6 } = source.type;
    return { gives: { kind: 'timestamptz', native: 'timestamp with time zone', scale }, convert: momentOfUtc };
  });
}

/**
 * A double in a real or in a numeric of fixed scale; a lost digit is recorded (`digits-lost`). A value beyond the range of the
 * type rejects its row (`out-of-range`) or, of a statistic that the row can do without, becomes null (adjustment `out-of-range`).
 */
export function narrow<C extends string>(
  column: C,
  { outOfRange = 'reject' }: { outOfRange?: 'reject' | 'null' } = {},
): Rule<C> {
  const usage = `narrow('latency', { outOfRange: 'null' })`;
  checkOptions('narrow', usage, { outOfRange }, { outOfRange: oneOf('reject', 'null') });
  const isNull = outOfRange === 'null';
  const rule = columnRule({ name: 'narrow', preserves: 'quantity' }, column, ['float64'], (_, { target: { type } }) => {
    const [gives, convert]: [ColumnType, Converter] =
      type.kind === 'decimal'
        ? [type, decimalFrom(type.scale ?? 0, type.precision ?? 38)]
        : [{ kind: 'float32', native: 'real' }, float32Of];
    return { gives, convert: isNull ? nullIfRejected(convert) : convert, mayBeNull: isNull };
  });
  return isNull ? { ...rule, detail: 'null if out of range' } : rule;
}

/** Null, recorded, instead of a reject. */
function nullIfRejected(convert: Converter): Converter {
  return (value) => {
    const converted = convert(value);
    return converted instanceof Rejected ? new Adjusted(null, converted.rule) : converted;
  };
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
        if (how.kind === 'constant') return how.value;
        if (how.kind === 'row') return how.convert(values.slice(0, rule.reads.length));
        return values[0] === null ? null : how.convert(values[0] as Value);
      };
      return { gives, mayBeNull, how: { kind: 'row', convert } };
    },
  };
}

/**
 * Declares that another rule gives the key of a parent, or another unique column of it, resolved after the load as a `ref` is.
 */
export function pointsAt<C extends string>(
  entity: string,
  rule: Rule<C>,
  orphan: 'null' | 'reject',
  column?: string,
): Rule<C> {
  checkArguments('points-at', `pointsAt('users', carry('owner'), 'reject')`, [
    ['parent table', entity, aText],
    ['rule', rule, aRule],
    ['orphan handling', orphan, oneOf('null', 'reject')],
    ['parent column', column, optionally(aText)],
  ]);
  return { ...rule, reference: { entity, none: [], orphan, ...(column === undefined ? {} : { column }) } };
}
