import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WaybillError } from '../core/model/errors.ts';

/** The Ed25519 key of `--sign-key`. @throws WaybillError 'configuration' when the file holds none. */
export function signKey(path: string | undefined): Promise<KeyObject | null> {
  return keyIn(path, 'private', createPrivateKey);
}

/** The Ed25519 key of `--public-key`. @throws WaybillError 'configuration' when the file holds none. */
export function publicKey(path: string | undefined): Promise<KeyObject | null> {
  return keyIn(path, 'public', createPublicKey);
}

async function keyIn(
  path: string | undefined,
  kind: 'private' | 'public',
  parse: (pem: string) => KeyObject,
): Promise<KeyObject | null> {
  if (path === undefined) return null;
  // The cause is left out: it is of no use, and a key is not to be printed.
  const key = await readFile(path, 'utf8')
    .then(parse)
    .catch(() => null);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new WaybillError('configuration', `${path} holds no ${kind} Ed25519 key as PEM.`, {
    hint: 'Make a pair with: openssl genpkey -algorithm ed25519 -out run.key; openssl pkey -in run.key -pubout -out run.pub',
  });
}
