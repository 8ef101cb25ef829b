import { canonicalForms } from '../../../core/model/canonical-form.ts';
import { withScale } from '../../../core/model/decimal.ts';
import { arrayText } from '../../../core/model/row-text.ts';
import type { ColumnType, Kind } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import type { ColumnDefault } from '../../../core/ports/structure.ts';
import { decoderOf } from '../wire/decode.ts';
import { type Dialect, expressionOf, unescaped } from './catalog-server.ts';

/** What information_schema holds of a column. */
export interface CatalogDefault {
  readonly type: ColumnType;
  /** `column_default` */
  readonly text: string | null;
  readonly extra: string;
}

/**
 * A default, and whether the catalog may have lost a part of it: its text is utf8mb3, which has `?` for what it lacks, and has
 * six digits of a FLOAT; Oracle's ends bytes at a zero byte.
 */
export interface ParsedDefault {
  readonly value: ColumnDefault | null;
  readonly isLossy: boolean;
}

const none: ParsedDefault = { value: null, isLossy: false };

/** Reads the default of a column that is neither generated nor auto_increment. */
export function parseDefault({ type, text, extra }: CatalogDefault, dialect: Dialect): ParsedDefault {
  if (text === null) return none;
  if (dialect.writesDefaultsAsSql) return parseSql(type, text);
  if (/\bdefault_generated\b/i.test(extra)) return parseSql(type, expressionOf(dialect, text));
  if (isNow(type, text)) return { value: { kind: 'now' }, isLossy: false };
  return parseBare(type, text);
}

const withTime: readonly Kind[] = ['timestamp', 'timestamptz', 'date', 'time'];

/** `current_timestamp(6)`, `now()` */
function isNow({ kind }: ColumnType, sql: string): boolean {
  return withTime.includes(kind) && /^(?:current_timestamp|now|localtime|localtimestamp)(?:\(\d?\))?$/i.test(sql);
}

function parseSql(type: ColumnType, sql: string): ParsedDefault {
  if (sql.toUpperCase() === 'NULL') return none;
  if (isNow(type, sql)) return { value: { kind: 'now' }, isLossy: false };
  const expression: ParsedDefault = { value: { kind: 'expression', sql }, isLossy: false };
  const quoted = /^(?:_utf8(?:mb[34])?\s*)?'((?:[^'\\]|''|\\.)*)'$/is.exec(sql)?.[1];
  if (quoted !== undefined) return literal(type, unescaped(quoted.replaceAll("''", "'"))) ?? expression;
  if (/^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(sql)) return literal(type, sql) ?? expression;
  return literalOfBits(type, sql) ?? literalOfHex(type, sql) ?? expression;
}

/** Oracle's MySQL writes a bit literal and, since version 8, the hex digits of bytes. */
function parseBare(type: ColumnType, text: string): ParsedDefault {
  const expression: ParsedDefault = { value: { kind: 'expression', sql: text }, isLossy: false };
  if (type.kind === 'bits') return literalOfBits(type, text) ?? expression;
  if (type.kind === 'bytes' && /^0x/i.test(text)) return cutAtZero(literalOfHex(type, text)) ?? expression;
  return literal(type, text) ?? expression;
}

/** Null where the text is not a value of the type, such as a number for a date. */
function literal(type: ColumnType, text: string): ParsedDefault | null {
  const bytes = Buffer.from(text);
  const value = canonicalText(type, type.kind === 'bytes' ? bytes : decoderOf(type)(bytes, 0, bytes.length));
  if (value === null) return null;
  return { value: { kind: 'literal', text: value }, isLossy: isLossyText(type, text) };
}

function isLossyText({ kind, native }: ColumnType, text: string): boolean {
  if (kind === 'text' || kind === 'enum' || kind === 'set') return text.includes('?');
  return kind === 'bytes' || kind === 'float32' || (kind === 'float64' && native.includes('('));
}

/** `b'101'` → `00101` in a column of five bits */
function literalOfBits(type: ColumnType, sql: string): ParsedDefault | null {
  const [, digits] = /^b'([01]*)'$/i.exec(sql) ?? [];
  if (digits === undefined || type.kind !== 'bits') return null;
  return { value: { kind: 'literal', text: digits.padStart(type.length ?? 1, '0') }, isLossy: false };
}

/** Oracle's catalog ends the digits before the first zero byte. */
function cutAtZero(parsed: ParsedDefault | null): ParsedDefault | null {
  return parsed && { ...parsed, isLossy: true };
}

/** `X'00ff'`, `0x00FF` → `\x00ff` */
function literalOfHex(type: ColumnType, sql: string): ParsedDefault | null {
  const [, quoted, bare] = /^(?:x'((?:[\da-f]{2})*)'|0x((?:[\da-f]{2})*))$/i.exec(sql) ?? [];
  const digits = quoted ?? bare;
  if (digits === undefined || type.kind !== 'bytes') return null;
  const text = canonicalText(type, Buffer.from(digits, 'hex')) as string;
  return { value: { kind: 'literal', text }, isLossy: false };
}

/** The canonical text of a value that is not null; null where it does not have the form of its kind. */
export function canonicalText(type: ColumnType, value: Value): string | null {
  if (value instanceof Uint8Array)
    return `\\x${Buffer.from(value)
      .toString('hex')
      .padEnd(2 * widthOf(type), '0')}`;
  if (typeof value !== 'string') return Array.isArray(value) ? arrayText(value) : null;
  const text = type.kind === 'decimal' ? withScale(value, type.scale ?? 0) : value;
  const form = (canonicalForms as Partial<Record<Kind, RegExp>>)[type.kind];
  return form === undefined || form.test(text) ? text : null;
}

/** `binary(4)` is filled up with zero bytes. */
function widthOf({ native }: ColumnType): number {
  return Number(/^binary\((\d+)\)$/.exec(native)?.[1] ?? 0);
}
