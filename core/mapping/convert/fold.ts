import type { Ignorable, KeyFold } from '../../model/key-fold.ts';

/**
 * Folds a key as the legacy collation latin1_general_ci compares it: case and trailing spaces do not count, accents do.
 * `'e11.9 '` → `'e11.9'`, `'E11.9'` → `'e11.9'`.
 */
export function foldKey(text: string): string {
  return withoutTrailingBlanks(text).toLowerCase();
}

/**
 * Makes the function that folds keys: two keys with the same result are one key in the source.
 * `'ÉS '` → `'es'` without case, accents and trailing blanks; `'és '` without case.
 */
export function folderOf(fold: KeyFold): (key: string) => string {
  if (typeof fold === 'function') return fold;
  const steps = [...new Set(fold)].sort().map((ignored) => foldings[ignored]);
  return (key) => steps.reduce((folded, step) => step(folded), key);
}

/** By name, in whose order they are applied. */
const foldings: Readonly<Record<Ignorable, (text: string) => string>> = {
  accents: withoutAccents,
  case: withoutCase,
  'trailing-blanks': withoutTrailingBlanks,
};

const ascii = /^\p{ASCII}*$/u;

/** Letters that Unicode does not decompose, such as `ß`, `ø` and `ł`, stay: collations differ over them. */
function withoutAccents(text: string): string {
  return ascii.test(text)
    ? text
    : text
        .normalize('NFD')
        .replace(/\p{Mn}+/gu, '')
        .normalize('NFC');
}

/** Letter by letter, so that a sigma at the end of a word is one as well. */
function withoutCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return [...text]
    .map((letter) => letter.toLowerCase())
    .join('')
    .replaceAll('ς', 'σ');
}

/** Of blanks only, as PAD SPACE compares. */
function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--;
  return text.slice(0, end);
}
