import { columnRule } from './column-rule.ts';
import { pointOf, type SridPolicy, wkbOf } from './convert/geometry.ts';
import type { Rule } from './mapping.ts';
import { aWholeNumber, checkOptions, oneOf, optionally } from './rule-arguments.ts';

/** Rules over geometries as MySQL stores them, for a PostgreSQL without PostGIS. */

/** The geometry as well-known binary, without the SRID that MySQL puts before it; another SRID than the declared one rejects its row. */
export function wkb<C extends string>(column: C, policy: SridPolicy = {}): Rule<C> {
  checkSrid('wkb', policy);
  const rule = columnRule({ name: 'wkb', preserves: 'nothing' }, column, ['bytes'], () => ({
    gives: { kind: 'bytes', native: 'bytea' },
    convert: wkbOf(policy),
  }));
  return { ...rule, detail: JSON.stringify(policy) };
}

/** A point as PostgreSQL's own `point`; any other geometry rejects its row. */
export function point<C extends string>(column: C, policy: SridPolicy = {}): Rule<C> {
  checkSrid('point', policy);
  const rule = columnRule({ name: 'point', preserves: 'nothing' }, column, ['bytes'], () => ({
    gives: { kind: 'other', native: 'point' },
    convert: pointOf(policy),
  }));
  return { ...rule, detail: JSON.stringify(policy) };
}

function checkSrid(rule: 'wkb' | 'point', policy: SridPolicy): void {
  const known = { srid: optionally(aWholeNumber), otherSrid: optionally(oneOf('reject', 'record')) };
  checkOptions(rule, `${rule}('Place', { srid: 4326 })`, policy, known);
}
