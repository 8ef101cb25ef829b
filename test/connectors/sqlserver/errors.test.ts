import { expect, test } from 'vitest';
import { numberOf, wrapped, wrappedConnect } from '../../../connectors/sqlserver/errors.ts';

const label = 'sqlserver://host:1433/shop';

/** An error as the driver nests it. */
function serverError(number: number): Error {
  return Object.assign(new Error("Cannot insert 'hush-canary'"), {
    code: 'EREQUEST',
    originalError: Object.assign(new Error('hush-canary'), { info: {}, number }),
  });
}

test.each([
  [208, 'source-missing-table'],
  [207, 'drift'],
  [3961, 'drift'],
  [229, 'source-refused-login'],
  [1205, 'source-interrupted'],
  [3958, 'source-interrupted'],
  [40501, 'source-unavailable'],
  [99999, 'source-interrupted'],
] as const)('error %i while reading is %s', (number, code) => {
  const error = wrapped(serverError(number), label, 'read c01.t');
  expect(error).toMatchObject({ code, message: `${label} did not read c01.t: error ${number}.` });
  expect(error.message + error.hint).not.toContain('canary');
});

test('an error without a number is a broken connection', () => {
  const error = wrapped(Object.assign(new Error('socket hang up'), { code: 'ESOCKET' }), label, 'read c01.t');
  expect(error).toMatchObject({ code: 'source-interrupted', message: expect.stringContaining('broke') });
  expect(numberOf(new Error('socket hang up'))).toBeUndefined();
});

test.each([
  [18456, 'source-refused-login', 'mixed authentication'],
  [18488, 'source-refused-login', 'has to be changed'],
  [4060, 'source-unavailable', 'Correct the database'],
  [40615, 'source-refused-login', 'firewall'],
] as const)('error %i while connecting is %s', (number, code, hint) => {
  expect(wrappedConnect(serverError(number), label, null)).toMatchObject({ code, hint: expect.stringContaining(hint) });
  const login = Object.assign(new Error('Login failed'), { code: 'ELOGIN' });
  expect(wrappedConnect(login, label, number)).toMatchObject({ code });
});

test.each([
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND nowhere', 'host name'],
  ['ECONNREFUSED', 'connect ECONNREFUSED', 'Start the server'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'NODE_EXTRA_CA_CERTS'],
])('%s has a hint that helps', (code, message, hint) => {
  const cause = Object.assign(new Error(message), { code });
  const error = Object.assign(new Error('Failed to connect'), { code: 'ESOCKET', originalError: { cause } });
  expect(wrappedConnect(error, label, null)).toMatchObject({
    code: 'source-unavailable',
    message: `No connection to ${label}: ${code}.`,
    hint: expect.stringContaining(hint),
  });
});
