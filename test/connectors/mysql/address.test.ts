import { expect, test } from 'vitest';
import { databaseOf, parseAddress } from '../../../connectors/mysql/address.ts';

test('a URL is parsed with its credentials decoded, and the label has none', () => {
  expect(parseAddress('mysql://us%40er:p%2Fw@db.example.com:3307/c01')).toEqual({
    host: 'db.example.com',
    port: 3307,
    socket: null,
    user: 'us@er',
    password: 'p/w',
    database: 'c01',
    tls: 'verified',
    isCompressed: false,
    label: 'mysql://db.example.com:3307/c01',
  });
});

test('TLS is verified unless the URL says otherwise, and off for localhost', () => {
  const tlsOf = (url: string) => parseAddress(url).tls;
  expect(tlsOf('mysql://root@db.example.com/x')).toBe('verified');
  expect(tlsOf('mysql://root@localhost.example.com/x')).toBe('verified');
  expect(tlsOf('mysql://root@db.example.com/x?tls=off')).toBe('off');
  expect(tlsOf('mysql://root@db.example.com/x?tls=unverified')).toBe('unverified');
  expect(tlsOf('mysql://root@127.0.0.1/x')).toBe('off');
  expect(tlsOf('mysql://root@localhost/x')).toBe('off');
  expect(tlsOf('mysql://root@[::1]/x')).toBe('off');
  expect(tlsOf('mysql://root@localhost/x?tls=verified')).toBe('verified');
});

test('a socket replaces host and port', () => {
  const address = parseAddress('mysql://root@localhost/c01?socket=/run/mysqld/mysqld.sock');
  expect(address.socket).toBe('/run/mysqld/mysqld.sock');
  expect(address.label).toBe('mysql://localhost(/run/mysqld/mysqld.sock)/c01');
});

test.each([
  'mysql://root:s3cret@host:port/x',
  'mysql://root:s3cret%zz@host/x',
  'mysql://root:s3cret@host/x?tls=sometimes',
  'mysql://root:s3cret@10.0.0.1/x',
  'mysql://root:s3cret@127.0.0.1/x?tls=verified',
  'mysql://root:s3cret@host/x?ssl=s3cret',
])('%s is a configuration error that does not repeat the password', (url) => {
  expect(() => parseAddress(url)).toThrow(
    expect.objectContaining({ code: 'configuration', message: expect.not.stringContaining('s3cret') }),
  );
});

test.each(['/', '?', '#'])(
  'a password with %s that is not encoded is refused, and no piece of it is shown',
  (character) => {
    const url = `mysql://reader:Hunter2@Sec${character}ret@127.0.0.1/c01`;
    const read = (): unknown => parseAddress(url);
    expect(read).toThrow(expect.objectContaining({ code: 'configuration' }));
    expect(read).not.toThrow(/Hunter|Sec|ret@/i);
    expect(() => databaseOf(url)).toThrow(expect.objectContaining({ code: 'configuration' }));
  },
);
