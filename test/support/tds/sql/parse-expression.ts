import type { Expression, Query, Window } from './syntax.ts';
import type { Token } from './tokens.ts';
import { Exact, type SqlValue } from './values.ts';

/** The tokens of a statement, read from left to right. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly parseQuery: (reader: TokenReader) => Query;
  #at = 0;

  constructor(tokens: readonly Token[], parseQuery: (reader: TokenReader) => Query) {
    this.#tokens = tokens;
    this.parseQuery = parseQuery;
  }

  get isAtEnd(): boolean {
    return this.peek().kind === 'end';
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Skips these words if they follow. */
  skipWord(...words: readonly string[]): boolean {
    if (!words.every((word, i) => this.peek(i).kind === 'word' && this.peek(i).text === word)) return false;
    this.#at += words.length;
    return true;
  }

  skipSign(sign: string): boolean {
    const isNext = this.peek().kind === 'sign' && this.peek().text === sign;
    if (isNext) this.#at += 1;
    return isNext;
  }

  word(word: string): void {
    if (!this.skipWord(word)) throw new Error(`the double expects "${word}" before "${this.peek().text}"`);
  }

  sign(sign: string): void {
    if (!this.skipSign(sign)) throw new Error(`the double expects "${sign}" before "${this.peek().text}"`);
  }

  list<T>(one: () => T): T[] {
    const found = [one()];
    while (this.skipSign(',')) found.push(one());
    return found;
  }
}

/** Parses an expression: or, and, not, comparisons, sums, products. */
export function parseExpression(reader: TokenReader): Expression {
  return leftToRight(reader, conjunction, (r) => (r.skipWord('or') ? 'or' : null));
}

function conjunction(reader: TokenReader): Expression {
  return leftToRight(reader, negation, (r) => (r.skipWord('and') ? 'and' : null));
}

function negation(reader: TokenReader): Expression {
  return reader.skipWord('not') ? { is: 'not', value: negation(reader) } : comparison(reader);
}

function comparison(reader: TokenReader): Expression {
  const left = sum(reader);
  if (reader.skipWord('is')) {
    const isNegated = reader.skipWord('not');
    reader.word('null');
    return { is: 'null-test', value: left, isNegated };
  }
  if (reader.skipWord('in')) {
    reader.sign('(');
    const list = reader.list(() => parseExpression(reader));
    reader.sign(')');
    return { is: 'in', value: left, list };
  }
  const sign = ['=', '<>', '<=', '>=', '<', '>'].find((each) => reader.skipSign(each));
  return sign === undefined ? left : { is: 'binary', sign, left, right: sum(reader) };
}

function sum(reader: TokenReader): Expression {
  return leftToRight(reader, product, (r) => ['+', '-'].find((sign) => r.skipSign(sign)) ?? null);
}

function product(reader: TokenReader): Expression {
  return leftToRight(reader, collated, (r) => ['*', '/', '%'].find((sign) => r.skipSign(sign)) ?? null);
}

function leftToRight(
  reader: TokenReader,
  operand: (reader: TokenReader) => Expression,
  signOf: (reader: TokenReader) => string | null,
): Expression {
  let left = operand(reader);
  for (let sign = signOf(reader); sign !== null; sign = signOf(reader))
    left = { is: 'binary', sign, left, right: operand(reader) };
  return left;
}

function collated(reader: TokenReader): Expression {
  const value = primary(reader);
  return reader.skipWord('collate') ? { is: 'collate', value, collation: reader.next().text } : value;
}

function primary(reader: TokenReader): Expression {
  if (reader.skipSign('(')) {
    const value = parseExpression(reader);
    reader.sign(')');
    return value;
  }
  const token = reader.next();
  switch (token.kind) {
    case 'text':
      return { is: 'literal', value: token.text, type: 'nvarchar(4000)' };
    case 'binary':
      return { is: 'literal', value: Buffer.from(token.text, 'hex'), type: 'varbinary(8000)' };
    case 'number':
      return numberOf(token.text);
    case 'sign':
      if (token.text === '-') return numberOf(`-${reader.next().text}`);
      break;
    case 'word':
      return wordOf(reader, token.text);
    case 'name':
      return chainOf(reader, [token.text]);
    default:
  }
  throw new Error(`the double does not read "${token.text}" in an expression`);
}

/** A number with an exponent is a float, as in T-SQL. */
function numberOf(text: string): Expression {
  if (/e/i.test(text)) return { is: 'literal', value: Number(text), type: 'float' };
  return { is: 'literal', value: Exact.of(text), type: text.includes('.') ? 'decimal' : 'int' };
}

function wordOf(reader: TokenReader, word: string): Expression {
  const nothing: SqlValue = null;
  if (word === 'null') return { is: 'literal', value: nothing, type: 'int' };
  if (word === 'case') return caseOf(reader);
  if (word === 'exists') {
    reader.sign('(');
    const query = reader.parseQuery(reader);
    reader.sign(')');
    return { is: 'exists', query };
  }
  if (word === 'convert' || word === 'cast') return conversionOf(reader, word);
  if (reader.peek().text === '(' && reader.peek().kind === 'sign') return callOf(reader, word);
  return chainOf(reader, [word]);
}

function caseOf(reader: TokenReader): Expression {
  const subject = reader.peek().text === 'when' ? null : parseExpression(reader);
  const branches: { when: Expression; value: Expression }[] = [];
  while (reader.skipWord('when')) {
    const when = parseExpression(reader);
    reader.word('then');
    branches.push({ when, value: parseExpression(reader) });
  }
  reader.word('else');
  const other = parseExpression(reader);
  reader.word('end');
  return { is: 'case', subject, branches, other };
}

function conversionOf(reader: TokenReader, word: 'convert' | 'cast'): Expression {
  reader.sign('(');
  if (word === 'cast') {
    const value = parseExpression(reader);
    reader.word('as');
    const type = typeOf(reader);
    reader.sign(')');
    return { is: 'convert', type, value, style: 0 };
  }
  const type = typeOf(reader);
  reader.sign(',');
  const value = parseExpression(reader);
  const style = reader.skipSign(',') ? Number(reader.next().text) : 0;
  reader.sign(')');
  return { is: 'convert', type, value, style };
}

function typeOf(reader: TokenReader): string {
  const name = reader.next().text;
  if (!reader.skipSign('(')) return name;
  const sizes = reader.list(() => reader.next().text);
  reader.sign(')');
  return `${name}(${sizes.join(',')})`;
}

function callOf(reader: TokenReader, name: string): Expression {
  reader.sign('(');
  const isStar = reader.skipSign('*');
  const isEmpty = isStar || (reader.peek().kind === 'sign' && reader.peek().text === ')');
  const args = isEmpty ? [] : reader.list(() => parseExpression(reader));
  reader.sign(')');
  return { is: 'call', name, args, over: reader.skipWord('over') ? windowOf(reader) : null };
}

function windowOf(reader: TokenReader): Window {
  reader.sign('(');
  const partition = reader.skipWord('partition', 'by') ? reader.list(() => parseExpression(reader)) : [];
  const order = reader.skipWord('order', 'by') ? reader.list(() => parseExpression(reader)) : [];
  reader.sign(')');
  return { partition, order };
}

const methods = new Set(['tostring', 'stsrid', 'asbinaryzm']);

/** `c.[Name]`, `[Name]`, `[Place].STSrid`, `c.[Node].ToString()` */
function chainOf(reader: TokenReader, first: readonly string[]): Expression {
  const names = [...first];
  while (reader.skipSign('.')) {
    const { kind, text } = reader.next();
    if (kind === 'word' && methods.has(text)) {
      if (reader.skipSign('(')) reader.sign(')');
      return { is: 'method', value: columnOf(names), name: text };
    }
    names.push(text);
  }
  return columnOf(names);
}

function columnOf(names: readonly string[]): Expression {
  return { is: 'column', table: names.length > 1 ? (names.at(-2) as string) : null, name: names.at(-1) as string };
}
