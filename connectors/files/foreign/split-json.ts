/**
 * Cuts the text of a JSON array or object into the texts of its members, so that numbers keep every digit and JSON its
 * source text. The text must already be valid JSON (`JSON.parse` accepts it).
 */

/** `[1, "a", {"b":2}]` → `['1', '"a"', '{"b":2}']`. */
export function membersOfArray(text: string): string[] {
  const members: string[] = [];
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text[at] !== ']') {
    const end = skipValue(text, at);
    members.push(text.slice(at, end));
    at = skipComma(text, end);
  }
  return members;
}

/** `{"a": 1, "b": "x"}` → `[['a', '1'], ['b', '"x"']]`, in written order, a repeated name as often as it occurs. */
export function membersOfObject(text: string): [name: string, text: string][] {
  const members: [string, string][] = [];
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text[at] !== '}') {
    const nameEnd = skipString(text, at);
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = skipValue(text, start);
    members.push([JSON.parse(text.slice(at, nameEnd)) as string, text.slice(start, end)]);
    at = skipComma(text, end);
  }
  return members;
}

function skipSpace(text: string, at: number): number {
  let i = at;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function skipComma(text: string, at: number): number {
  const i = skipSpace(text, at);
  return text[i] === ',' ? skipSpace(text, i + 1) : i;
}

function skipValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  if (first === '[' || first === '{') return skipNested(text, at);
  let i = at;
  while (i < text.length && !/[\s,\]}]/.test(text[i] as string)) i++;
  return i;
}

/** @returns the place after the closing quote. */
function skipString(text: string, at: number): number {
  for (let from = at + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (!isEscaped(text, quote)) return quote + 1;
    from = quote + 1;
  }
}

/** Whether an odd number of backslashes precedes this place. */
function isEscaped(text: string, at: number): boolean {
  let i = at;
  while (text.charCodeAt(i - 1) === 0x5c) i--;
  return (at - i) % 2 === 1;
}

function skipNested(text: string, at: number): number {
  let depth = 0;
  for (let i = at; ; i++) {
    const char = text[i];
    if (char === '"') i = skipString(text, i) - 1;
    else if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && --depth === 0) return i + 1;
  }
}
