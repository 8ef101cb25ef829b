import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WaybillError } from '../../core/model/errors.ts';

/** Reads the Ed25519 key of `--sign-key`. @throws WaybillError 'configuration' when the file does not hold one. */
export function readPrivateKey(path: string | undefined): Promise<KeyObject | null> {
  return readKey(path, 'private', createPrivateKey);
}

/** Reads the Ed25519 key of `--public-key`. @throws WaybillError 'configuration' when the file does not hold one. */
export function readPublicKey(path: string | undefined): Promise<KeyObject | null> {
  return readKey(path, 'public', createPublicKey);
}

async function readKey(
  path: string | undefined,
  kind: 'private' | 'public',
  parse: (pem: string) => KeyObject,
): Promise<KeyObject | null> {
  if (path === undefined) return null;
  // The cause is dropped: it adds nothing, and it could print part of a key.
  const key = await readFile(path, 'utf8')
    .then(parse)
    .catch(() => null);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new WaybillError('configuration', `${path} does not hold a ${kind} Ed25519 key in PEM format.`, {
    hint: 'Make a pair with: openssl genpkey -algorithm ed25519 -out run.key; openssl pkey -in run.key -pubout -out run.pub',
  });
}
