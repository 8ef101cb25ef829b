import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Events, sha256 } from './events.ts';
import { writeRunFile } from './run-file.ts';

export const headFile = 'head.json';

const head = z.strictObject({
  run: z.string(),
  /** Number of events. */
  events: z.int().positive(),
  /** SHA-256 of the last line. */
  head: z.string(),
  /** Ed25519 over the part that `signed` names, base64; null when no key was ever given. */
  signature: z.string().nullable(),
  /** The events up to the last command with a key; those after them are not signed. */
  signed: z.strictObject({ events: z.int().positive(), head: z.string() }).nullable(),
});

/** The end of an event log. A command that ends in good order writes it, so a tail that was dropped later shows. */
export type LogHead = Readonly<z.infer<typeof head>>;

/** Writes the head of the event log, signed when there is a key. Without one, what was signed before stays signed. */
export async function writeHead(
  folder: string,
  ends: Omit<LogHead, 'signature' | 'signed'>,
  signKey: KeyObject | null,
  before: Pick<LogHead, 'signature' | 'signed'> | null,
): Promise<void> {
  const { run, events, head: last } = ends;
  const { signature, signed } =
    signKey === null
      ? (before ?? { signature: null, signed: null })
      : {
          signature: sign(null, signedBytes(run, { events, head: last }), signKey).toString('base64'),
          signed: { events, head: last },
        };
  await writeRunFile(join(folder, headFile), [`${JSON.stringify({ ...ends, signature, signed }, null, 2)}\n`]);
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

/** Returns how the signed part of a head contradicts the log, or null. */
export function signedMismatch(found: LogHead | 'unreadable' | null, { hashes }: Events): string | null {
  if (found === null || found === 'unreadable' || found.signed === null) return null;
  const { events, head: last } = found.signed;
  if (hashes[events - 1] === last) return null;
  return `events.jsonl line ${events}: it is not the event that was signed (${headFile}): one of them was changed`;
}

/** Whether the head has a valid signature by this key. */
export function isSignedBy(publicKey: KeyObject, { run, signature, signed }: LogHead): boolean {
  if (signature === null || signed === null) return false;
  return verify(null, signedBytes(run, signed), publicKey, Buffer.from(signature, 'base64'));
}

/** The fingerprint of a key pair: the SHA-256 of its public key (DER, SubjectPublicKeyInfo), in hex. */
export function fingerprintOfKey(privateKey: KeyObject): string {
  return sha256(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
}

/** The bytes that are signed (`docs/formats.md`). */
function signedBytes(run: string, { events, head: last }: NonNullable<LogHead['signed']>): Buffer {
  return Buffer.from(`event log of waybill\n${run}\n${events}\n${last}\n`, 'utf8');
}
