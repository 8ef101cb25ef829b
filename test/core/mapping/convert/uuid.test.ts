import { expect, test } from 'vitest';
import { uuidOf } from '../../../../core/mapping/convert/uuid.ts';
import { entityIds } from '../../../../core/mapping/ids/entity-ids.ts';
import { Adjusted } from '../../../../core/model/value.ts';

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
