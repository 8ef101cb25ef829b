import type { Converter } from '../../model/value.ts';

/** Pattern → value; `*` matches any characters, or none. The first pattern that matches counts. */
export type WildcardMap = Readonly<Record<string, string>>;

/**
 * The field mapping rule of wildcard maps, in which people collect the many spellings of one thing. Compares without case
 * and blanks at the ends: with `{ 'Windows Server*': 'windows', '*linux*': 'linux' }`, `'windows server 2019'` →
 * `'windows'`, `'Red Hat Linux 8'` → `'linux'`; a text that no pattern matches is carried: `'AIX 7.2'` → `'AIX 7.2'`, unless
 * the map ends in `'*'`.
 */
export function wildcardMap(map: WildcardMap): Converter {
  const patterns = Object.entries(map).map(([pattern, to]) => ({ parts: folded(pattern).split('*'), to }));
  return (value) => {
    const text = folded(value as string);
    return patterns.find(({ parts }) => matches(text, parts))?.to ?? value;
  };
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** Takes each part at its first place after the one before it, so that no pattern, however many stars, takes long. */
function matches(text: string, parts: readonly string[]): boolean {
  const first = parts[0] as string;
  if (parts.length === 1) return text === first;
  const last = parts[parts.length - 1] as string;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
