import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointOf, wkbOf } from '../../../../core/mapping/convert/geometry.ts';
import { Adjusted, Rejected } from '../../../../core/model/value.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const notGeometry = new Rejected('not-a-geometry');

/** POINT(1.5 -2), lowest bytes first, then highest bytes first. */
const little = '01 01000000 000000000000f83f 00000000000000c0';
const big = '00 00000001 3ff8000000000000 c000000000000000';
const line = `01 02000000 02000000 ${'00'.repeat(32)}`;
const polygon = `01 03000000 02000000 01000000 ${'00'.repeat(16)} 00000000`;
const collection = `01 07000000 03000000 ${little} ${line} 01 04000000 01000000 ${big}`;

test.each([little, big, line, polygon, collection, '01 07000000 00000000'])('the SRID is taken off %s', (wkb) => {
  expect(wkbOf()(hex(`00000000${wkb}`))).toEqual(hex(wkb));
});

test('another SRID than the declared one rejects, or is removed with a record', () => {
  const stored = hex(`e6100000${little}`);
  const wkb = hex(little);
  expect(wkbOf()(stored)).toEqual(new Rejected('other-srid'));
  expect(wkbOf({ srid: 4326 })(stored)).toEqual(wkb);
  expect(wkbOf({ srid: 4326 })(hex(`00000000${little}`))).toEqual(new Rejected('other-srid'));
  expect(wkbOf({ otherSrid: 'record' })(stored)).toEqual(new Adjusted(wkb, 'other-srid'));
});

test.each([
  ['', ''],
  ['an SRID alone', '00000000'],
  ['a head that is cut off', '00000000 01 0100'],
  ['a point that is cut off', `00000000 ${little.slice(0, -3)}`],
  ['a byte too many', `00000000 ${little} 00`],
  ['an unknown byte order', `00000000 02 ${little.slice(3)}`],
  ['type 0', `00000000 01 00000000 ${'00'.repeat(16)}`],
  ['type 8', `00000000 01 08000000 ${'00'.repeat(16)}`],
  ['EWKB with its own SRID', `00000000 01 01000020 e6100000 ${'00'.repeat(16)}`],
  ['more points than there are', '00000000 01 02000000 ffffffff'],
  ['more parts than there are', `00000000 01 07000000 ffffffff ${little}`],
  ['more rings than there are', '00000000 01 03000000 ffffffff 00000000'],
])('bytes that are not a geometry are rejected: %s', (_, text) => {
  expect(wkbOf()(hex(text))).toEqual(notGeometry);
  expect(pointOf()(hex(text))).toEqual(notGeometry);
});

test('a deep collection does not overflow the stack', () => {
  const nested = Buffer.concat([hex('00000000'), ...Array.from({ length: 200_000 }, () => hex('010700000001000000'))]);
  expect(wkbOf()(nested)).toEqual(notGeometry);
  expect(wkbOf()(Buffer.concat([nested, hex(little)]))).toBeInstanceOf(Uint8Array);
});

test('any bytes are read without an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const made = wkbOf()(bytes);
      expect(made instanceof Uint8Array || made instanceof Rejected).toBe(true);
    }),
  );
});

test('a point is written as PostgreSQL prints it', () => {
  expect(pointOf()(hex(`00000000${little}`))).toBe('(1.5,-2)');
  expect(pointOf()(hex(`00000000${big}`))).toBe('(1.5,-2)');
  expect(pointOf({ otherSrid: 'record' })(hex(`01000000${little}`))).toEqual(new Adjusted('(1.5,-2)', 'other-srid'));
});

test('a geometry that is not a point is not a point', () => {
  for (const wkb of [line, polygon, collection])
    expect(pointOf()(hex(`00000000${wkb}`))).toEqual(new Rejected('not-a-point'));
});
