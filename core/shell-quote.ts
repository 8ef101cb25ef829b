/** A text as one word of a shell command: `view open orders` → `'view open orders'`. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./…-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
