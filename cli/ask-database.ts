import { createInterface } from 'node:readline/promises';

/** Asks for the name of the database at the terminal; null when there is none. */
export async function askDatabase(label: string, database: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`Write to ${label}? Type the name of the database, ${database}: `)).trim();
  } finally {
    terminal.close();
  }
}
