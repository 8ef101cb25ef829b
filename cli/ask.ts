import { createInterface } from 'node:readline/promises';

/** Asks a question at the terminal and returns the trimmed answer; null without a terminal. */
export async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Asks for the name of the database at the terminal; null when there is none. */
export function askDatabase(label: string, database: string): Promise<string | null> {
  return ask(`Write to ${label}? Type the name of the database, ${database}: `);
}
