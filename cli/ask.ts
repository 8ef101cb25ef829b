import { createInterface } from 'node:readline/promises';
import { WaybillError } from '../core/model/errors.ts';
import { visible } from '../core/visible-text.ts';
import type { AskPerson } from '../operations/with-live-schemas.ts';

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

type Confirmation = { readonly yes?: boolean };

/**
 * Shows what is going to happen, and asks at the terminal whether to do it unless `--yes` was given.
 * @throws WaybillError 'usage' when the answer is not yes, or nobody can be asked.
 */
export function confirmed({ yes = false }: Confirmation): (change: string) => Promise<void> {
  return async (change) => {
    process.stderr.write(`${visible(change)}\n`);
    if (yes) return;
    const answer = await ask('Do it? [y/N] ');
    if (answer !== null && /^y(es)?$/i.test(answer)) return;
    throw new WaybillError('usage', 'Nothing was done, because nobody confirmed it.', {
      hint: 'Give --yes to do it without a question.',
    });
  };
}

/** What the commands ask that change live schemas. */
export function askPerson(args: Confirmation): AskPerson {
  return { ask: askDatabase, confirm: confirmed(args) };
}
