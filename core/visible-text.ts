// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach a terminal
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/** Makes text from a legacy key safe to print: control, invisible and bidirectional characters become `\u{1b}`. */
export function visible(text: string): string {
  return text.replace(unsafe, (c) => `\\u{${(c.codePointAt(0) as number).toString(16)}}`);
}

/** Makes text of several lines safe to print. Line feeds stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
