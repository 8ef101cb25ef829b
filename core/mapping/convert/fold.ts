/**
 * Folds a key as the legacy collation latin1_general_ci compares it: case and trailing spaces do not count, accents do.
 * `'e11.9 '` → `'e11.9'`, `'E11.9'` → `'e11.9'`.
 */
export function foldKey(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--;
  return text.slice(0, end).toLowerCase();
}
