import type { ColumnPlace, TargetType } from '../../../core/ports/target-type.ts';
import { plainTargetType } from '../../sql/plain-target-type.ts';

/** Chooses how a column of a MySQL or MariaDB source is held; null for a type that waybill does not know. */
export function mysqlTargetType(place: ColumnPlace): TargetType | null {
  const { column } = place;
  const { kind, native } = column.type;
  const sized = (name: string): string => (column.type.scale ? `${name}(${column.type.scale})` : `${name}(0)`);
  switch (kind) {
    case 'int16':
      return native === 'tinyint(1)' ? tinyint(place) : { type: 'smallint', rule: 'carry' };
    case 'uint64':
      return unsigned(place);
    case 'decimal':
      return { type: `numeric(${column.type.precision},${column.type.scale})`, rule: 'carry' };
    case 'bits':
      return column.type.length === 1
        ? { type: 'boolean', rule: 'bool' }
        : { type: `bit(${column.type.length})`, rule: 'carry' };
    case 'text':
      return textType(place);
    case 'enum':
      return enumType(place);
    case 'set':
      return { type: 'text[]', rule: 'members' };
    case 'date':
      return dateType(place, 'date');
    case 'timestamp':
      return dateType(place, `${sized('timestamp')} without time zone`);
    case 'timestamptz':
      return dateType(place, `${sized('timestamp')} with time zone`);
    case 'time':
      return timeType(place, sized);
    default:
      return plainTargetType(kind);
  }
}

function tinyint({ column, facts, isKey }: ColumnPlace): TargetType {
  if (isKey || column.identity !== null) return { type: 'smallint', rule: 'carry', why: 'tinyint(1) that is a key' };
  if (facts.notBoolean === 0) return { type: 'boolean', rule: 'bool', why: 'tinyint(1) that holds only 0, 1 and NULL' };
  return { type: 'smallint', rule: 'carry', why: `tinyint(1) with ${facts.notBoolean} rows that are not 0 or 1` };
}

function unsigned({ facts }: ColumnPlace): TargetType {
  if (facts.beyondBigint === 0)
    return {
      type: 'bigint',
      rule: 'narrow',
      why: 'bigint unsigned whose values all fit; a later one beyond is rejected',
    };
  return {
    type: 'numeric(20,0)',
    rule: 'carry',
    why: `bigint unsigned with ${facts.beyondBigint} rows beyond a bigint`,
  };
}

function textType({ column, isJson }: ColumnPlace): TargetType {
  const { native, length } = column.type;
  if (isJson) return { type: 'jsonb', rule: 'carry', why: 'a check of the source says that it is JSON' };
  if (native === 'inet4' || native === 'inet6') return { type: 'inet', rule: 'carry' };
  const isSized = /^(?:var)?char\b/.test(native) && length !== undefined && length > 0;
  return { type: isSized ? `character varying(${length})` : 'text', rule: 'carry' };
}

function enumType({ column, facts, isPrimary }: ColumnPlace): TargetType {
  const labels = column.type.labels ?? [];
  if (!column.nullable && facts.unknownLabels === 0) return { type: 'text', rule: 'carry', labels };
  if (isPrimary)
    return { type: 'text', rule: 'carry', labels, why: refused(facts.unknownLabels, "the enum's index 0") };
  const why = `${facts.unknownLabels} rows with the enum's index 0 become NULL`;
  return { type: 'text', rule: 'label', labels, mayBeNull: true, ...(facts.unknownLabels === 0 ? {} : { why }) };
}

function dateType({ column, facts, isPrimary }: ColumnPlace, type: string): TargetType {
  if (!column.nullable && facts.zeroDates === 0) return { type, rule: 'carry' };
  if (isPrimary) return { type, rule: 'carry', why: refused(facts.zeroDates, 'a zero date') };
  const nullable = column.nullable ? '' : '; the column may be NULL in the target';
  const why = `${facts.zeroDates} rows with a zero date become NULL${nullable}`;
  return { type, rule: 'date', mayBeNull: true, ...(facts.zeroDates === 0 ? {} : { why }) };
}

function refused(rows: number, what: string): string {
  return `${rows} rows with ${what} are rejected, because a primary key holds no NULL`;
}

function timeType({ facts }: ColumnPlace, sized: (name: string) => string): TargetType {
  if (facts.notTimeOfDay === 0) return { type: `${sized('time')} without time zone`, rule: 'carry' };
  return { type: 'interval', rule: 'carry', why: `a time with ${facts.notTimeOfDay} rows that are not a time of day` };
}
