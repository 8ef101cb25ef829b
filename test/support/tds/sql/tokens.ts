/** A token of T-SQL. Words are in lower case; names and texts are without their quotes. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'binary' | 'number' | 'sign' | 'end';
  readonly text: string;
}

const pattern =
  /\s+|(N?'(?:[^']|'')*')|(0x[\da-f]*)|(\d+(?:\.\d+)?(?:e[-+]?\d+)?)|(\[(?:[^\]]|\]\])*\])|([a-z_@#][\w@#$]*)|(<>|<=|>=|[-+*/%(),.=<>;])/iy;

/** Cuts a batch into tokens. @throws an Error at the first character that is not of this subset of T-SQL. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(sql);
    if (match === null) throw new Error(`the double does not read: ${sql.slice(at, at + 40)}`);
    const token = tokenOf(match);
    if (token !== null) tokens.push(token);
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function tokenOf([, text, binary, number, name, word, sign]: RegExpExecArray): Token | null {
  if (text !== undefined) return { kind: 'text', text: text.replace(/^N?'(.*)'$/s, '$1').replaceAll("''", "'") };
  if (binary !== undefined) return { kind: 'binary', text: binary.slice(2) };
  if (number !== undefined) return { kind: 'number', text: number };
  if (name !== undefined) return { kind: 'name', text: name.slice(1, -1).replaceAll(']]', ']') };
  if (word !== undefined) return { kind: 'word', text: word.toLowerCase() };
  return sign === undefined ? null : { kind: 'sign', text: sign };
}
