import { expect, test } from 'vitest';
import { clientEnvironment, parseAddress } from '../../../connectors/postgres/address.ts';

const tlsOf = (url: string) => parseAddress(url, 'target').config.ssl;

test('TLS is verified, except on localhost and where it is explicitly turned off', () => {
  const verified = { rejectUnauthorized: true };
  expect(tlsOf('postgres://u:p@db.example.com/x')).toEqual(verified);
  expect(tlsOf('postgres://u:p@db.example.com/x?sslmode=require')).toEqual(verified);
  expect(tlsOf('postgres://u:p@db.example.com/x?sslmode=prefer')).toEqual(verified);
  expect(tlsOf('postgres://u:p@10.0.0.1/x')).toEqual(verified);
  expect(tlsOf('postgres://u:p@localhost/x?sslmode=verify-full')).toEqual(verified);
  expect(tlsOf('postgres://u:p@db.example.com/x?sslmode=no-verify')).toEqual({ rejectUnauthorized: false });
  expect(tlsOf('postgres://u:p@db.example.com/x?sslmode=disable')).toBe(false);
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
    expect(tlsOf(`postgres://${host}/x`)).toBe(false);
  expect(tlsOf('postgres:///x?host=/var/run/postgresql')).toBe(false);
});

test('a client program verifies the server wherever waybill does, against the same authorities', () => {
  const tlsOfClient = (query: string, host = 'db.example.com'): Record<string, string> => {
    const environment = clientEnvironment(parseAddress(`postgres://u:p@${host}/x${query}`, 'target'));
    return Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('PGSSL')));
  };
  const system = { PGSSLMODE: 'verify-full', PGSSLROOTCERT: 'system' };
  for (const query of ['', '?sslmode=require', '?sslmode=allow', '?sslmode=prefer', '?sslmode=verify-ca'])
    expect(tlsOfClient(query)).toEqual(system);
  expect(tlsOfClient('?sslmode=verify-full', 'localhost')).toEqual(system);
  const file = import.meta.filename;
  expect(tlsOfClient(`?sslmode=require&sslrootcert=${file}`)).toEqual({ ...system, PGSSLROOTCERT: file });
  expect(tlsOfClient(`?sslcert=${file}&sslkey=${file}`)).toEqual({ ...system, PGSSLCERT: file, PGSSLKEY: file });
  expect(tlsOfClient('?sslmode=no-verify')).toEqual({ PGSSLMODE: 'require' });
  expect(tlsOfClient('?sslmode=disable')).toEqual({ PGSSLMODE: 'disable' });
  expect(tlsOfClient('', 'localhost')).toEqual({ PGSSLMODE: 'disable' });
});

test('an unknown sslmode and a missing certificate are configuration errors', () => {
  const code = 'configuration';
  expect(() => tlsOf('postgres://u@h/x?sslmode=verify')).toThrow(expect.objectContaining({ code }));
  expect(() => tlsOf('postgres://u@h/x?sslrootcert=/no/such.pem')).toThrow(expect.objectContaining({ code }));
});

test('user, password, host, port and database are decoded, and the label has no credentials', () => {
  const { label, config } = parseAddress('postgres://o%40x:p%2Fw%25@db.example.com:6543/my%20db', 'source');
  expect(config).toMatchObject({
    user: 'o@x',
    password: 'p/w%',
    host: 'db.example.com',
    port: 6543,
    database: 'my db',
  });
  expect(label).toBe('postgres://db.example.com:6543/my db');
  expect(parseAddress('postgresql://[::1]/x', 'source').config).toMatchObject({ host: '::1', port: 5432 });
});

test('a URL that cannot be read is not repeated in the error', () => {
  for (const url of [
    ...['postgres://u:secret@h:port/x', 'postgres://u:100%secret@h/x', 'secret'],
    // What stands before the first slash, question mark or hash looks like the host.
    ...['postgres://u:1@secret/rest@h/x', 'postgres://u:1@secret?rest@h/x', 'postgres://u:1@secret#rest@h/x'],
  ]) {
    const error = catching(() => parseAddress(url, 'target'));
    expect(error).toMatchObject({ code: 'configuration' });
    expect(`${error} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain('secret');
    expect((error as Error).cause).toBeUndefined();
  }
});

function catching(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
