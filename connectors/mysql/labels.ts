/** Escapes that the server writes inside a label (`append_unescaped` in its sources); any other one means its character. */
const escapes: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', Z: '\x1a' };

/** The labels of a list as the server or a DDL file writes it: `'a', 'it''s', 'back\\slash'`. */
export function parseLabels(list: string): readonly string[] {
  return [...list.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs)].map(([, quoted = '']) =>
    quoted.replace(/''|\\(.)/gs, (_, escaped: string | undefined) =>
      escaped === undefined ? "'" : (escapes[escaped] ?? escaped),
    ),
  );
}

/** The list as `information_schema` writes it: no spaces, quotes and backslashes doubled. */
export function writeLabels(labels: readonly string[]): string {
  return labels.map((label) => `'${label.replace(/[\\'\0\n\r]/g, escapeOf)}'`).join(',');
}

function escapeOf(character: string): string {
  switch (character) {
    case '\0':
      return '\\0';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    default:
      return character + character;
  }
}
