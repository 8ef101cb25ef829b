import type { Row, Value } from './value.ts';

/**
 * The canonical text of a row: PostgreSQL's COPY text format without the line end. Digests, the sink and the validators
 * all mean this form. It is unambiguous: a tab divides columns, `\N` is null, and tab, newline, carriage return and
 * backslash inside a value are escaped.
 */
export function rowText(row: Row): string {
  let line = valueText(row[0] as Value);
  for (let i = 1; i < row.length; i++) line += `\t${valueText(row[i] as Value)}`;
  return line;
}

/** The canonical text of one value, escaped as COPY text wants it. */
export function valueText(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Uint8Array) return `\\\\x${hexOf(value)}`;
  return escapeText(arrayText(value));
}

const special = /[\\\b\f\n\r\t\v]/;
const specials = /[\\\b\f\n\r\t\v]/g;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** PostgreSQL escapes exactly these seven on COPY TO, so both directions give the same bytes. */
function escapeText(text: string): string {
  return special.test(text) ? text.replace(specials, (c) => escapes[c] as string) : text;
}

/** White space as `array_isspace()` knows it: ASCII only, where `\s` would also quote U+00A0 or a BOM. */
const needsQuotes = /^$|^null$|[{}",\\ \t\n\r\v\f]/i;

/** An array literal as PostgreSQL prints a text[]: quoted only where it must be. */
export function arrayText(members: readonly (string | null)[]): string {
  const texts = members.map((m) => {
    if (m === null) return 'NULL';
    return needsQuotes.test(m) ? `"${m.replace(/["\\]/g, '\\$&')}"` : m;
  });
  return `{${texts.join(',')}}`;
}

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HEX_CHUNK = 8192;

function hexOf(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; start += HEX_CHUNK) {
    let chunk = '';
    const end = Math.min(start + HEX_CHUNK, bytes.length);
    for (let i = start; i < end; i++) chunk += hexPairs[bytes[i] as number] as string;
    chunks.push(chunk);
  }
  return chunks.join('');
}
