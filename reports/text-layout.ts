/** Lines of text for a terminal: wrapping, columns, colours. */

export type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
/** Colours a piece of text, or leaves it alone. */
export type Paint = (colour: Colour, text: string) => string;

const codes: Readonly<Record<Colour, number>> = { red: 31, yellow: 33, green: 32, dim: 2, bold: 1 };

/** ANSI colours, or none. */
export function paintOf(hasColour: boolean): Paint {
  return (colour, text) => (hasColour ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
}

/** Wraps text at spaces to `width`, each line after `indent`; a word that is longer stays whole. */
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

/** A name is not cut shorter than this. */
const MIN_NAME = 24;

/** Rows as aligned lines: the first column to the left and cut to what `width` leaves, the others to the right. */
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

/** Cuts the middle out of a text that is longer than `width`. */
function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`;
}
