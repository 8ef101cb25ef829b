import type { ColumnPlace, TargetType } from '../../../core/ports/target-type.ts';
import { plainTargetType } from '../../sql/plain-target-type.ts';
import { baseOf } from '../wire/values.ts';

/** Fraction digits that PostgreSQL keeps: microseconds. */
const maxFraction = 6;

/** Chooses how a column of a SQL Server source is held; null for a type that waybill does not know. */
export function sqlServerTargetType({ column: { type } }: ColumnPlace): TargetType | null {
  const { kind, length, precision, scale = 0 } = type;
  switch (kind) {
    case 'decimal':
      return { type: `numeric(${precision},${scale})`, rule: 'carry' };
    case 'time':
      return withFraction(scale, (digits) => `time(${digits}) without time zone`);
    case 'timestamp':
      return withFraction(scale, (digits) => `timestamp(${digits}) without time zone`);
    case 'timestamptz':
      return momentType(scale);
    case 'text':
      return textType(type.native, length);
    case 'bytes':
      return bytesType(baseOf(type));
    default:
      return plainTargetType(kind);
  }
}

function withFraction(scale: number, typeOf: (digits: number) => string): TargetType {
  if (scale <= maxFraction) return { type: typeOf(scale), rule: 'carry' };
  return { type: typeOf(maxFraction), rule: 'narrow' };
}

function momentType(scale: number): TargetType {
  const held = withFraction(scale, (digits) => `timestamp(${digits}) with time zone`);
  return { ...held, why: 'the moment is kept; the offset that it was written with is not' };
}

function textType(native: string, length: number | undefined): TargetType {
  if (native === 'sql_variant')
    return { type: 'text', rule: 'carry', why: 'the text of each value; the type that each has is not kept' };
  if (length === undefined) return { type: 'text', rule: 'carry' };
  return { type: `character${/^n?char\b/.test(native) ? '' : ' varying'}(${length})`, rule: 'carry' };
}

function bytesType(base: string): TargetType {
  if (base === 'rowversion')
    return {
      type: 'bytea',
      rule: 'carry',
      why: 'the bytes of the rowversion; PostgreSQL does not change them on update',
    };
  if (base === 'geometry' || base === 'geography')
    return { type: 'bytea', rule: 'carry', why: 'the SRID and the well-known binary' };
  return { type: 'bytea', rule: 'carry' };
}
