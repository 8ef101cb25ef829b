import { parseExpression, TokenReader } from './parse-expression.ts';
import type { FromItem, Query } from './syntax.ts';
import { tokensOf } from './tokens.ts';

/** Parses a select statement. @throws an Error for SQL outside of the subset that the connector asks with. */
export function parseSelect(sql: string): Query {
  const reader = new TokenReader(tokensOf(sql), parseQuery);
  const query = parseQuery(reader);
  reader.skipSign(';');
  if (!reader.isAtEnd) throw new Error(`the double does not read "${reader.peek().text}"`);
  return query;
}

function parseQuery(reader: TokenReader): Query {
  reader.word('select');
  const isDistinct = reader.skipWord('distinct');
  const top = reader.skipWord('top') ? parenthesised(reader) : null;
  const items = reader.list(() => itemOf(reader));
  const from = reader.skipWord('from') ? parseFrom(reader) : [];
  const where = reader.skipWord('where') ? parseExpression(reader) : null;
  const groupBy = reader.skipWord('group', 'by') ? reader.list(() => parseExpression(reader)) : [];
  const having = reader.skipWord('having') ? parseExpression(reader) : null;
  const orderBy = reader.skipWord('order', 'by') ? reader.list(() => parseExpression(reader)) : [];
  const offset = reader.skipWord('offset') ? rowsOf(reader) : 0;
  const fetch = reader.skipWord('fetch', 'next') ? rowsOf(reader) : null;
  reader.skipWord('only');
  return { isDistinct, top, items, from, where, groupBy, having, orderBy, offset, fetch };
}

function parenthesised(reader: TokenReader): number {
  reader.sign('(');
  const count = Number(reader.next().text);
  reader.sign(')');
  return count;
}

function rowsOf(reader: TokenReader): number {
  const count = Number(reader.next().text);
  reader.word('rows');
  return count;
}

function itemOf(reader: TokenReader): Query['items'][number] {
  const value = parseExpression(reader);
  const name = value.is === 'column' ? value.name : '';
  return { value, alias: reader.skipWord('as') ? reader.next().text : name };
}

function parseFrom(reader: TokenReader): readonly FromItem[] {
  const items = [sourceOf(reader, 'cross')];
  for (;;) {
    const join = reader.skipWord('left', 'join') ? 'left' : reader.skipWord('join') ? 'inner' : null;
    if (join === null) return items;
    const item = sourceOf(reader, join);
    reader.word('on');
    items.push({ ...item, on: parseExpression(reader) });
  }
}

function sourceOf(reader: TokenReader, join: FromItem['join']): FromItem {
  if (reader.skipSign('(')) {
    const query = parseQuery(reader);
    reader.sign(')');
    return { names: [], query, alias: reader.next().text, join, on: null };
  }
  const names = [reader.next().text];
  while (reader.skipSign('.')) names.push(reader.next().text);
  const hasAlias = reader.peek().kind === 'word' && !clauses.has(reader.peek().text);
  const alias = hasAlias ? reader.next().text : (names.at(-1) as string);
  if (reader.skipWord('with')) skipHints(reader);
  return { names, query: null, alias, join, on: null };
}

const clauses = new Set(['where', 'group', 'having', 'order', 'join', 'left', 'on', 'with', 'offset']);

/** `(tablock, holdlock)`: the double has nobody to lock out. */
function skipHints(reader: TokenReader): void {
  reader.sign('(');
  while (!reader.skipSign(')')) reader.next();
}
