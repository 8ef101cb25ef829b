import { isJson } from '../../model/canonical-form.ts';
import { plainDecimal, withoutNegativeZero } from '../../model/decimal.ts';
import { Adjusted, type Converter, Rejected } from '../../model/value.ts';

/** JSON in a text column, as it is written; any other text rejects as `not-json`. */
export const jsonOf: Converter = (value) => (isJson(value as string) ? value : new Rejected('not-json'));

/**
 * JSON as PostgreSQL's jsonb prints it (`jsonb_out`): one blank after a colon and a comma, members by the length of their
 * names and then by bytes, numbers as numeric prints them: `'{"b":1e2,"a" : "\u00e9"}'` → `'{"a": "é", "b": 100}'`.
 * Where a name occurs twice jsonb keeps the last member, adjustment `doubled-member`: `'{"a": 1, "a": 2}'` → `'{"a": 2}'`.
 * Text that is not JSON rejects as `not-json`. What jsonb cannot hold rejects as `not-jsonb`: `\u0000`, half of a surrogate
 * pair, a number outside the range of numeric.
 */
export const jsonbOf: Converter = (value) => {
  try {
    const { text, isDoubled } = normalForm(value as string);
    return isDoubled ? new Adjusted(text, 'doubled-member') : text;
  } catch (fault) {
    if (fault instanceof Fault) return new Rejected(fault.rule);
    throw fault;
  }
};

class Fault extends Error {
  readonly rule: 'not-json' | 'not-jsonb';
  constructor(rule: Fault['rule']) {
    super();
    this.rule = rule;
  }
}

/** An array or object whose end has not been read. */
interface Level {
  readonly close: ']' | '}';
  /** Written values; of an object by name. */
  readonly items: string[];
  readonly members: Map<string, string>;
  /** The name of the member that is being read. */
  name: string;
}

interface Reader {
  readonly source: string;
  at: number;
  isDoubled: boolean;
}

/** Not recursive, so that no depth of nesting overflows the stack. */
function normalForm(source: string): { readonly text: string; readonly isDoubled: boolean } {
  const reader: Reader = { source, at: 0, isDoubled: false };
  const levels: Level[] = [];
  for (;;) {
    let text = begin(reader, levels);
    while (text !== null) {
      const level = levels.at(-1);
      if (level === undefined) {
        if (next(reader) !== '') throw new Fault('not-json');
        return { text, isDoubled: reader.isDoubled };
      }
      keep(reader, level, text);
      text = end(reader, levels, level);
    }
  }
}

/** Reads the beginning of a value. @returns null when members follow. */
function begin(reader: Reader, levels: Level[]): string | null {
  const char = next(reader);
  if (char === '"') return quoted(stringAt(reader));
  if (char !== '[' && char !== '{') return scalarAt(reader);
  reader.at++;
  const level: Level = { close: char === '[' ? ']' : '}', items: [], members: new Map(), name: '' };
  if (next(reader) === level.close) {
    reader.at++;
    return `${char}${level.close}`;
  }
  levels.push(level);
  if (level.close === '}') level.name = nameAt(reader);
  return null;
}

function keep(reader: Reader, { close, items, members, name }: Level, text: string): void {
  if (close === ']') items.push(text);
  else if (members.has(name)) reader.isDoubled = true;
  if (close === '}') members.set(name, text);
}

/** Reads what follows a member. @returns the text of the array or object that ends there; null when a member follows. */
function end(reader: Reader, levels: Level[], level: Level): string | null {
  const char = next(reader);
  reader.at++;
  if (char === ',') {
    if (level.close === '}') level.name = nameAt(reader);
    return null;
  }
  if (char !== level.close) throw new Fault('not-json');
  levels.pop();
  return level.close === ']' ? listed('[', level.items, ']') : listed('{', sortedMembers(level.members), '}');
}

function sortedMembers(members: ReadonlyMap<string, string>): string[] {
  const named = Array.from(members, ([name, text]) => ({ name, bytes: utf8Length(name), text }));
  named.sort((a, b) => a.bytes - b.bytes || utf8Order(a.name, b.name));
  return named.map(({ name, text }) => `${quoted(name)}: ${text}`);
}

/** Concatenates, which copies nothing until the end, where `join` would copy the text at each level. */
function listed(open: string, items: readonly string[], close: string): string {
  let text = open + items[0];
  for (let i = 1; i < items.length; i++) text += `, ${items[i]}`;
  return text + close;
}

/** The next character that is not white space, which is not taken; empty at the end. */
function next(reader: Reader): string {
  const { source } = reader;
  while (isSpace(source.charCodeAt(reader.at))) reader.at++;
  return source.charAt(reader.at);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function nameAt(reader: Reader): string {
  if (next(reader) !== '"') throw new Fault('not-json');
  const name = stringAt(reader);
  if (next(reader) !== ':') throw new Fault('not-json');
  reader.at++;
  return name;
}

/** Takes a string and returns what it means. */
function stringAt(reader: Reader): string {
  const { source, at } = reader;
  let close = source.indexOf('"', at + 1);
  while (close > 0 && isEscaped(source, close)) close = source.indexOf('"', close + 1);
  if (close < 0) throw new Fault('not-json');
  reader.at = close + 1;
  const inside = source.slice(at + 1, close);
  if (control.test(inside)) throw new Fault('not-json');
  return inside.includes('\\') ? unescaped(source.slice(at, close + 1)) : inside;
}

/** Characters below the blank. */
const control = /[^ -\uffff]/;

/** Whether an odd number of backslashes precedes this place. */
function isEscaped(text: string, at: number): boolean {
  let i = at;
  while (text.charCodeAt(i - 1) === 0x5c) i--;
  return (at - i) % 2 === 1;
}

function unescaped(text: string): string {
  if (!isJson(text)) throw new Fault('not-json');
  const meant = JSON.parse(text) as string;
  if (meant.includes('\u0000') || /\p{Surrogate}/u.test(meant)) throw new Fault('not-jsonb');
  return meant;
}

const special = /["\\]|[^ -\uffff]/;
const specials = /["\\]|[^ -\uffff]/g;

/** PostgreSQL escapes the same characters as JSON.stringify does (`escape_json`), and writes all others as they are. */
function quoted(text: string): string {
  return special.test(text) ? `"${text.replace(specials, (c) => JSON.stringify(c).slice(1, -1))}"` : `"${text}"`;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;

function scalarAt(reader: Reader): string {
  const literal = tokenAt(reader, number);
  if (literal !== null) return numericText(literal);
  const found = tokenAt(reader, word);
  if (found === null) throw new Fault('not-json');
  return found;
}

function tokenAt(reader: Reader, token: RegExp): string | null {
  token.lastIndex = reader.at;
  const found = token.exec(reader.source);
  if (found === null) return null;
  reader.at = token.lastIndex;
  return found[0];
}

/** Limits of numeric: digits before and after the point, and the exponent that it reads (`numeric.c`). */
const maxWholeDigits = 131_072;
const maxScale = 16_383;
const maxExponent = 1_073_741_823;

/** A number as numeric prints it: `1.50e1` → `15.0`, `1e2` → `100`, `-0.0` → `0.0`. */
function numericText(literal: string): string {
  const [mantissa = '', exponent] = literal.toLowerCase().split('e');
  const power = Number(exponent ?? 0);
  if (Math.abs(power) > maxExponent) throw new Fault('not-jsonb');
  if (power > mantissa.length && !/[1-9]/.test(mantissa)) return '0';
  if (Math.abs(power) > maxWholeDigits + maxScale) throw new Fault('not-jsonb');
  const plain = withoutNegativeZero(plainDecimal(literal) as string);
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
  if (whole.length > maxWholeDigits || fraction.length > maxScale) throw new Fault('not-jsonb');
  return plain;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Half of a surrogate pair is two of the four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isSurrogate(unit) ? 2 : 3;
  }
  return bytes;
}

/** The order of the bytes in UTF-8, which is the order of code points. */
function utf8Order(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return (isSurrogate(x) ? x + 0x10000 : x) - (isSurrogate(y) ? y + 0x10000 : y);
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
