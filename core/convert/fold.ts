/**
 * Folds a key as the legacy collation latin1_general_ci compares it: case and trailing spaces do not count, accents do.
 * `'e11.9 '` → `'e11.9'`, `'E11.9'` → `'e11.9'`.
 */
export function foldKey(text: string): string {
  return text.replace(/ +$/, '').toLowerCase();
}
