import { expect, test } from 'vitest';
import { uuidOf, uuidOfBytes } from '../../../../core/mapping/convert/uuid.ts';
import { entityIds } from '../../../../core/mapping/ids/entity-ids.ts';
import { Adjusted, Rejected } from '../../../../core/model/value.ts';

const ids = entityIds(null, 'key');
const convert = uuidOf(ids);
const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

test('a UUID is carried, and its other spellings are the same UUID', () => {
  for (const text of [
    uuid,
    uuid.toUpperCase(),
    `{${uuid}}`,
    uuid.replaceAll('-', ''),
    '3f25-04e0-4f8941d3-9a0c0305e82c-3301',
  ])
    expect(convert(text)).toBe(uuid);
});

test('any other text becomes a UUID derived from it, recorded, and the same one everywhere', () => {
  for (const text of [
    '',
    'main',
    `${uuid} `,
    `{${uuid}`,
    `${uuid.slice(1)}`,
    '3f2-504e04f89-41d3-9a0c-0305e82c3301',
    'g'.repeat(32),
  ])
    expect(convert(text)).toEqual(new Adjusted(ids.ofText(text), 'not-a-uuid'));
  expect(ids.ofText('Main')).not.toBe(ids.ofText('main'));
});

/** What MySQL documents for `uuid_to_bin`. */
const documented = '6ccd780c-baba-1026-9564-5b8c656024db';

test.each([
  ['plain', '6ccd780cbaba102695645b8c656024db'],
  ['swapped', '1026baba6ccd780c95645b8c656024db'],
] as const)('16 bytes are a UUID in %s order', (order, hex) => {
  expect(uuidOfBytes(order)(Buffer.from(hex, 'hex'))).toBe(documented);
});

test('bytes of another length are not a UUID', () => {
  for (const length of [0, 1, 15, 17, 32, 36])
    for (const order of ['plain', 'swapped'] as const)
      expect(uuidOfBytes(order)(new Uint8Array(length))).toEqual(new Rejected('not-a-uuid'));
  expect(convert(new Uint8Array(15))).toEqual(new Rejected('not-a-uuid'));
});

test('bytes without an order are read in plain order', () => {
  expect(convert(Buffer.from(uuid.replaceAll('-', ''), 'hex'))).toBe(uuid);
});
