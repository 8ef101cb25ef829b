import { expect, test } from 'vitest';
import { wrapped, wrappedConnect } from '../../../connectors/mysql/errors.ts';
import { WaybillError } from '../../../core/model/errors.ts';

const label = 'mysql://db:3306/c01';
const fromServer = (errno: number, code: string) =>
  Object.assign(new Error(`'s3cret' is wrong`), { errno, code, sqlMessage: `'s3cret' is wrong`, sql: 's3cret' });

test('a message consists of the number, the name and the operation', () => {
  const error = wrapped(fromServer(1146, 'ER_NO_SUCH_TABLE'), label, 'read c01.tbl_order');
  expect(error.message).toBe('mysql://db:3306/c01 did not read c01.tbl_order: error 1146 (ER_NO_SUCH_TABLE).');
  expect(error.code).toBe('source-missing-table');
});

test.each([
  [1040, 'source-unavailable'],
  [1142, 'source-refused-login'],
  [1054, 'drift'],
  [1412, 'drift'],
  [1317, 'source-interrupted'],
  [1927, 'source-interrupted'],
  [9999, 'source-interrupted'],
])('error %i is %s', (errno, code) => {
  const error = wrapped(fromServer(errno, 'ER_X'), label, 'read c01.t');
  expect(error.code).toBe(code);
  expect(`${error.message} ${error.hint}`).not.toContain('s3cret');
});

test('an error without a server error number is a broken connection', () => {
  for (const code of ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', undefined]) {
    expect(wrapped(Object.assign(new Error('gone'), { code, errno: -104 }), label, 'read c01.t')).toMatchObject({
      code: 'source-interrupted',
      message: 'The connection to mysql://db:3306/c01 broke while waybill tried to read c01.t.',
    });
  }
});

test('an error is wrapped once', () => {
  const inner = new WaybillError('drift', 'x', { hint: 'y' });
  expect(wrapped(inner, label, 'z')).toBe(inner);
  expect(wrappedConnect(inner, label)).toBe(inner);
});

test.each([
  ['ENOTFOUND', 'host name'],
  ['ECONNREFUSED', 'Start the server'],
  ['HANDSHAKE_NO_SSL_SUPPORT', '?tls=off'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
])('%s before the login has a separate hint', (code, hint) => {
  const error = wrappedConnect(Object.assign(new Error('s3cret'), { code }), label);
  expect(error).toMatchObject({ code: 'source-unavailable', hint: expect.stringContaining(hint) });
  expect(error.message).not.toContain('s3cret');
});

test.each([
  [1045, 'source-refused-login'],
  [1044, 'source-refused-login'],
  [1049, 'source-unavailable'],
  [1053, 'source-unavailable'],
])('error %i at the login is %s', (errno, code) => {
  expect(wrappedConnect(fromServer(errno, 'ER_X'), label).code).toBe(code);
});
