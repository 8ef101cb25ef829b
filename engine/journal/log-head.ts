import { type KeyObject, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Events } from './events.ts';
import { writeRunFile } from './run-file.ts';

export const headFile = 'head.json';

const head = z.strictObject({
  run: z.string(),
  /** Number of events. */
  events: z.int().positive(),
  /** SHA-256 of the last line. */
  head: z.string(),
  /** Ed25519, base64; null when no key was given. */
  signature: z.string().nullable(),
});

/** The end of an event log. A command that ends in good order writes it, so a tail that was dropped later shows. */
export type LogHead = Readonly<z.infer<typeof head>>;

/** Writes the head of the event log, signed when there is a key. */
export async function writeHead(
  folder: string,
  ends: Omit<LogHead, 'signature'>,
  signKey: KeyObject | null,
): Promise<void> {
  const signature = signKey === null ? null : sign(null, signed(ends), signKey).toString('base64');
  await writeRunFile(join(folder, headFile), [`${JSON.stringify({ ...ends, signature }, null, 2)}\n`]);
}

/** Reads the head of the event log. Null when there is none, `unreadable` when the file does not parse. */
export async function readHead(folder: string): Promise<LogHead | 'unreadable' | null> {
  const text = await readFile(join(folder, headFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  try {
    return text === null ? null : head.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

/** Returns how a head contradicts its log, or null. The log may have grown since the head was written. */
export function headMismatch(found: LogHead | 'unreadable' | null, run: string, { hashes }: Events): string | null {
  if (found === null) return null;
  if (found === 'unreadable') return `${headFile}: it cannot be read: it was changed`;
  if (found.run !== run) return `${headFile}: it belongs to run ${found.run}`;
  if (found.events > hashes.length) {
    return `events.jsonl line ${hashes.length + 1}: it is missing: ${headFile} counts ${found.events} events`;
  }
  if (hashes[found.events - 1] === found.head) return null;
  return `events.jsonl line ${found.events}: it is not the event that ${headFile} names: one of them was changed`;
}

/** Whether the head has a valid signature by this key. */
export function isSignedBy(publicKey: KeyObject, { signature, ...ends }: LogHead): boolean {
  return signature !== null && verify(null, signed(ends), publicKey, Buffer.from(signature, 'base64'));
}

/** The bytes that are signed (`docs/formats.md`). */
function signed({ run, events, head: last }: Omit<LogHead, 'signature'>): Buffer {
  return Buffer.from(`event log of waybill\n${run}\n${events}\n${last}\n`, 'utf8');
}
