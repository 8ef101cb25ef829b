/** An array as its literal writes it: `[2:3]={a,NULL}`. Members in the order of the last dimension first. */
export interface ArrayShape {
  readonly dimensions: readonly { readonly length: number; readonly lowerBound: number }[];
  readonly members: readonly (string | null)[];
}

const bounds = /^((?:\[[+-]?\d+(?::[+-]?\d+)?\])+)=/;
const oneBound = /\[([+-]?\d+)(?::([+-]?\d+))?\]/g;

/** Reads the literal of an array of any shape, as PostgreSQL prints it; null when it is none. */
export function parseArrayLiteral(literal: string): ArrayShape | null {
  const head = bounds.exec(literal)?.[1] ?? '';
  const body = head === '' ? literal : literal.slice(head.length + 1);
  const tree = treeOf(body);
  if (tree === null) return null;
  const lengths = lengthsOf(tree);
  if (lengths === null) return null;
  const starts = head === '' ? lengths.map(() => 1) : startsOf(head, lengths);
  if (starts === null) return null;
  const dimensions = lengths.map((length, i) => ({ length, lowerBound: starts[i] as number }));
  return { dimensions, members: tree.flat(maxDimensions) as readonly (string | null)[] };
}

/** `[2:3]` → 2; null when the bounds do not agree with what is in the braces. */
function startsOf(head: string, lengths: readonly number[]): number[] | null {
  const ranges = [...head.matchAll(oneBound)].map(([, from, to]) =>
    to === undefined ? { start: 1, end: Number(from) } : { start: Number(from), end: Number(to) },
  );
  const agree = ranges.length === lengths.length && ranges.every(({ start, end }, i) => end - start + 1 === lengths[i]);
  return agree ? ranges.map(({ start }) => start) : null;
}

/** PostgreSQL's own limit. */
const maxDimensions = 6;

type Tree = readonly (string | null | Tree)[];

/** The lengths by dimension; null when lists of one depth differ, or hold members beside lists. */
function lengthsOf(tree: Tree, depth = 1): number[] | null {
  if (tree.length === 0) return [];
  const lists = tree.filter((each) => Array.isArray(each)) as Tree[];
  if (lists.length === 0) return [tree.length];
  if (lists.length < tree.length || depth === maxDimensions) return null;
  const inner = lists.map((list) => lengthsOf(list, depth + 1));
  const [first] = inner;
  const isEven = first && inner.every((lengths) => lengths?.join() === first.join());
  return isEven ? [tree.length, ...first] : null;
}

const token = /\s*(?:([{},])|"((?:[^"\\]|\\[\s\S])*)"|((?:[^{},"\\\s]|\\[\s\S])(?:[^{},"\\]|\\[\s\S])*))/y;
const blank = /\s*$/y;

function treeOf(text: string): Tree | null {
  const next = (): RegExpExecArray | null => token.exec(text);
  token.lastIndex = 0;
  if (next()?.[1] !== '{') return null;
  const empty = /^\s*\{\s*\}/.exec(text);
  const tree = empty === null ? listOf(next) : [];
  blank.lastIndex = empty === null ? token.lastIndex : empty[0].length;
  return blank.test(text) ? tree : null;
}

/** What stands between two braces, of which the first has been read. */
function listOf(next: () => RegExpExecArray | null): Tree | null {
  const list: (string | null | Tree)[] = [];
  for (;;) {
    const [, mark, quoted, bare] = next() ?? [undefined, ','];
    const member = mark === '{' ? listOf(next) : mark === undefined && memberOf(quoted, bare as string);
    if (member === false || (mark === '{' && member === null)) return null;
    list.push(member);
    const after = next()?.[1];
    if (after === '}') return list;
    if (after !== ',') return null;
  }
}

function memberOf(quoted: string | undefined, bare: string): string | null {
  if (quoted !== undefined) return quoted.replace(/\\([\s\S])/g, '$1');
  const text = bare.trimEnd();
  return text.toUpperCase() === 'NULL' ? null : text.replace(/\\([\s\S])/g, '$1');
}
