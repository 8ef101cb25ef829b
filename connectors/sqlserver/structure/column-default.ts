import { canonicalForms } from '../../../core/model/canonical-form.ts';
import { withScale } from '../../../core/model/decimal.ts';
import type { ColumnType, Kind } from '../../../core/model/schema.ts';
import type { ColumnDefault } from '../../../core/ports/structure.ts';

/** Reads the definition of a default, which the server keeps in parentheses: `((0))`, `(N'new')`, `(getdate())`. */
export function parseDefault(type: ColumnType, definition: string): ColumnDefault | null {
  const sql = withoutParentheses(definition.trim());
  if (/^null$/i.test(sql)) return null;
  if (isNow(type, sql)) return { kind: 'now' };
  const text = literalText(type, sql);
  return text === null ? { kind: 'expression', sql } : { kind: 'literal', text };
}

/** `((0))` → `0`; `(1)+(2)` stays as it is. */
function withoutParentheses(sql: string): string {
  let text = sql;
  while (text.startsWith('(') && closesAt(text) === text.length - 1) text = text.slice(1, -1).trim();
  return text;
}

/** Where the parenthesis that the text begins with is closed. Parentheses in texts and quoted names do not count. */
function closesAt(sql: string): number {
  let depth = 0;
  for (const { 0: token, index } of sql.matchAll(/'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|[()]/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

const withTime: readonly Kind[] = ['timestamp', 'timestamptz', 'date', 'time'];

/** The functions that give the time of this moment, in the zone of the server or with it. Those in UTC are expressions. */
function isNow({ kind }: ColumnType, sql: string): boolean {
  return withTime.includes(kind) && /^(?:(?:getdate|sysdatetime|sysdatetimeoffset)\(\)|current_timestamp)$/i.test(sql);
}

/** The canonical text of a constant of that type; null where it is none, or one that the server converts. */
function literalText(type: ColumnType, sql: string): string | null {
  const quoted = /^N?'((?:[^']|'')*)'$/is.exec(sql)?.[1]?.replaceAll("''", "'");
  const [, digits] = /^0x((?:[\da-f]{2})*)$/i.exec(sql) ?? [];
  switch (type.kind) {
    case 'boolean':
      return /^[01]$/.test(sql) ? String(sql === '1') : null;
    case 'text':
      return quoted ?? null;
    case 'bytes':
      return digits === undefined ? null : `\\x${digits.toLowerCase()}`;
    case 'decimal':
      return inForm(type, /^-?\d+(?:\.\d*)?$/.test(sql) ? withScale(sql.replace(/\.$/, ''), type.scale ?? 0) : sql);
    case 'uuid':
      return quoted === undefined ? null : inForm(type, quoted.toLowerCase());
    default:
      return inForm(type, quoted ?? sql);
  }
}

function inForm({ kind }: ColumnType, text: string): string | null {
  const form = (canonicalForms as Partial<Record<Kind, RegExp>>)[kind];
  return form?.test(text) === true ? text : null;
}
