import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import { canonicalForms } from '../../../core/model/canonical-form.ts';
import { withScale } from '../../../core/model/decimal.ts';
import type { ColumnType, Kind } from '../../../core/model/schema.ts';
import type { ColumnDefault } from '../../../core/ports/structure.ts';
import { parsePostgresType } from '../types.ts';

/** Reads a default as `pg_get_expr` prints it, with values in the session's canonical forms. */
export function parseDefault(type: ColumnType, sql: string | null): ColumnDefault | null {
  if (sql === null || /^null(?:::[^:]+)?$/i.test(sql)) return null;
  if (isNow(type, sql)) return { kind: 'now' };
  const text = literalOf(type, sql);
  return text === null ? { kind: 'expression', sql } : { kind: 'literal', text };
}

const withTime: readonly Kind[] = ['timestamp', 'timestamptz', 'date'];

function isNow({ kind }: ColumnType, sql: string): boolean {
  const call =
    /^(?:now|transaction_timestamp|statement_timestamp)\(\)$|^(?:current_timestamp|localtimestamp)(?:\(\d\))?$/i;
  return withTime.includes(kind) && call.test(sql);
}

/** Null for anything but a constant of the column's own type. */
function literalOf(type: ColumnType, sql: string): string | null {
  if (type.kind === 'boolean') return /^(?:true|false)$/.test(sql) ? (sql[0] as string) : null;
  const text = quotedOf(type, sql) ?? numberOf(type, sql);
  const form = (canonicalForms as Partial<Record<Kind, RegExp>>)[type.kind];
  return text === null || (form !== undefined && !form.test(text)) ? null : text;
}

/** `'it''s'::text` → `it's`, `'101'::"bit"` → `101` */
function quotedOf(type: ColumnType, sql: string): string | null {
  const [, quoted, cast] = /^B?'((?:[^']|'')*)'::(.+)$/s.exec(sql) ?? [];
  if (quoted === undefined || cast === undefined) return null;
  return isOwnType(type, cast === '"bit"' ? 'bit' : cast) ? formed(type, quoted.replaceAll("''", "'")) : null;
}

const numbers: readonly Kind[] = ['int16', 'int32', 'int64', 'decimal', 'float32', 'float64'];

/** Whether a constant of the type that the cast names needs no conversion. The cast of an enum is the enum's name. */
function isOwnType(type: ColumnType, cast: string): boolean {
  const { kind, native } = parsePostgresType(cast);
  if (numbers.includes(type.kind)) return numbers.includes(kind);
  if (type.kind === 'enum') return kind === 'other';
  return kind === type.kind && (kind !== 'other' || native === type.native);
}

/** `(-1)`, `1.5`, `(0)::numeric`; also as the default of a text, which `varchar default 5` is. */
function numberOf(type: ColumnType, sql: string): string | null {
  const [, digits] = /^\(?(-?\d+(?:\.\d+)?)\)?(?:::[a-z ]+(?:\([\d,]+\))?)?$/.exec(sql) ?? [];
  const takesNumber = type.kind === 'text' || numbers.includes(type.kind);
  return digits !== undefined && takesNumber ? formed(type, digits) : null;
}

/** Writes a value as its column has it. */
function formed({ kind, scale, form, length = 0 }: ColumnType, text: string): string {
  switch (kind) {
    case 'decimal':
      return scale === undefined ? text : withScale(text, scale);
    case 'float32':
      return pgFloat32Text(Number(text));
    case 'float64':
      return pgFloat64Text(Number(text));
    default:
      return form === 'padded' ? text.padEnd(length) : text;
  }
}
