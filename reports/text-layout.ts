/** A colour or weight of terminal text. */
export type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
/** Colours a piece of text, or returns it unchanged. */
export type Paint = (colour: Colour, text: string) => string;

const codes: Readonly<Record<Colour, number>> = { red: 31, yellow: 33, green: 32, dim: 2, bold: 1 };

/** Makes a painter with ANSI colours, or one without. */
export function paintOf(hasColour: boolean): Paint {
  return (colour, text) => (hasColour ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
}

/** Wraps text at spaces to `width`, with `indent` before each line; a longer word stays whole. */
export function wrapped(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}

/** Names are never cut below this length. */
const MIN_NAME = 24;

/** Aligns rows in columns: the first column left, cut to the space that `width` leaves, the others right. */
export function aligned(rows: readonly (readonly string[])[], width: number, indent: string): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  const others = widths.slice(1).reduce((total, one) => total + one + 2, 0);
  const first = Math.min(widths[0] ?? 0, Math.max(MIN_NAME, width - indent.length - others));
  return rows.map(([head = '', ...rest]) => {
    const cells = rest.map((cell, i) => cell.padStart(widths[i + 1] ?? 0));
    return `${indent}${[shortened(head, first).padEnd(first), ...cells].join('  ')}`.trimEnd();
  });
}

/** Cuts the middle out of a text longer than `width`. */
function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`;
}
