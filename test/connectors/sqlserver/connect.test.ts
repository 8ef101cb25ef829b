import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { sqlserver } from '../../../connectors/sqlserver/connector.ts';
import type { DatabaseFacts } from '../../support/tds/database.ts';
import { type FactServer, serveFacts } from '../../support/tds/server-of-facts.ts';

const run = promisify(execFile);

const facts: DatabaseFacts = {
  name: 'shop',
  tables: [{ name: 't', key: ['id'], columns: [{ name: 'id', type: 'int', isNullable: false }], rows: [['1'], ['2']] }],
};

/** A server with a certificate for `localhost`, signed by itself. */
async function encryptingServer(): Promise<FactServer & { readonly authority: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-tds-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject]);
  const certificate = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  const server = await serveFacts(facts, { certificate });
  onTestFinished(server.close);
  return { ...server, authority: cert };
}

async function countRows(url: string): Promise<number> {
  const source = await sqlserver.openSource(url, { schemas: { c01: 'dbo' } });
  try {
    return await source.inspector.count('c01.t');
  } finally {
    await source.close();
  }
}

test('a certificate is accepted only if it verifies or the URL says so', async () => {
  const { url, authority, log } = await encryptingServer();
  expect(await countRows(`${url}?trustServerCertificate=true`)).toBe(2);
  const before = log.batches.length;
  await expect(countRows(url)).rejects.toMatchObject({
    code: 'source-unavailable',
    hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  });
  expect(log.batches).toHaveLength(before);
  const program = `
    import { sqlserver } from './connectors/sqlserver/connector.ts';
    const source = await sqlserver.openSource(process.argv[1], { schemas: { c01: 'dbo' } });
    console.log(await source.inspector.count('c01.t'));
    await source.close();`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, url], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authority },
  });
  expect(stdout.trim()).toBe('2');
});

test('a server that requires encryption is not read without it', async () => {
  const { url } = await encryptingServer();
  await expect(countRows(`${url}?encrypt=false`)).rejects.toMatchObject({
    code: 'source-unavailable',
    hint: expect.stringContaining('Remove encrypt=false'),
  });
});

test('no login is sent to a server that says it cannot encrypt', async () => {
  const server = await serveFacts(facts);
  onTestFinished(server.close);
  await expect(countRows(server.url.replace('?encrypt=false', ''))).rejects.toMatchObject({
    code: 'source-unavailable',
    message: expect.stringContaining('the server does not encrypt'),
    hint: expect.stringContaining('?encrypt=false'),
  });
  expect(server.log.logins).toBe(0);
});

test('a refused login names the number of the error, and no user or password', async () => {
  const server = await serveFacts(facts);
  onTestFinished(server.close);
  const url = Object.assign(new URL(server.url), { username: 'hush-user', password: 'hush-canary' }).href;
  const error = await countRows(url).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code: 'source-refused-login',
    message: `sqlserver://localhost:${server.port}/shop refused the login: error 18456.`,
  });
  expect(`${error}`).not.toContain('hush');
});

test('a login has the intent to read only', async () => {
  const server = await serveFacts(facts);
  onTestFinished(server.close);
  expect(await countRows(server.url)).toBe(2);
  expect(server.log.isReadOnlyIntent).toBe(true);
});
