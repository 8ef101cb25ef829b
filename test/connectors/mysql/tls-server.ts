import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { startMariadb } from '../../support/mariadb/mariadb.ts';

const openssl = promisify(execFile);

/** A server with a certificate for `localhost`, signed by its own authority. */
export async function tlsServer(): Promise<{ readonly url: URL; readonly authority: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-tls-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  await openssl('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject]);
  for (const each of [folder, key, cert]) await chmod(each, 0o755);
  const server = await startMariadb({ settings: [`--ssl-cert=${cert}`, `--ssl-key=${key}`] });
  onTestFinished(() => server.stop());
  return { url: new URL(server.url), authority: cert };
}
