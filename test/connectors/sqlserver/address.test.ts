import { expect, test } from 'vitest';
import { parseAddress, schemaOfUrl } from '../../../connectors/sqlserver/address.ts';

test('a URL names server, login and database, and encrypts with a verified certificate by default', () => {
  expect(parseAddress('sqlserver://us%40er:p%2Fw@db.example/my%20shop')).toEqual({
    ...{ host: 'db.example', port: 1433, user: 'us@er', password: 'p/w', database: 'my shop' },
    ...{ encryption: 'on', isCertificateTrusted: false, withoutSnapshots: 'read-committed' },
    label: 'sqlserver://db.example:1433/my shop',
  });
});

test('a URL can name a port, an IPv6 address, and no database', () => {
  expect(parseAddress('sqlserver://u@[::1]:1434')).toMatchObject({ host: '::1', port: 1434, database: '' });
});

test('parameters choose the encryption, the certificate, the isolation and the schema', () => {
  const url = 'sqlserver://u@h/d?encrypt=strict&trustServerCertificate=true&isolation=serializable&schema=sales';
  expect(parseAddress(url)).toMatchObject({
    ...{ encryption: 'strict', isCertificateTrusted: true, withoutSnapshots: 'serializable' },
  });
  expect(schemaOfUrl(url)).toBe('sales');
  expect(schemaOfUrl('sqlserver://u@h/d')).toBe('dbo');
  expect(parseAddress('sqlserver://u@h/d?encrypt=false').encryption).toBe('off');
});

test.each(['?integrated=true', '?trusted_connection=yes', '?authentication=ntlm', '?domain=corp'])(
  'a Windows login (%s) is named as not supported',
  (query) => {
    expect(() => parseAddress(`sqlserver://u:hush-canary@h/d${query}`)).toThrow('integrated (Windows) login');
  },
);

test('a URL without a user needs the Windows login, which is not supported', () => {
  expect(() => parseAddress('sqlserver://h/d')).toThrow('integrated (Windows) login');
});

test.each([
  ['sqlserver://u:hush-canary@h/d?ssl=true', 'unknown parameter "ssl"'],
  ['sqlserver://u:hush-canary@h/d?encrypt=maybe', 'unknown value of encrypt'],
  ['sqlserver://u:hush-canary@h/d?encrypt=toString', 'unknown value of encrypt'],
  ['sqlserver://u:hush@canary@h/d#x', 'cannot be read'],
  ['sqlserver://u:hush-canary%zz@h/d', 'cannot be read'],
])('%s is refused without a piece of it', (url, sentence) => {
  const refusal = (): unknown => parseAddress(url);
  expect(refusal).toThrow(sentence);
  expect(refusal).not.toThrow('canary');
});
