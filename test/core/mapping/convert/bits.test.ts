import fc from 'fast-check';
import { expect, test } from 'vitest';
import { booleanOfBits, bytesOfBits, integerOfBits } from '../../../../core/mapping/convert/bits.ts';

test('a bit string is true if any of its bits is set', () => {
  for (const bits of ['0', '00000000', '0'.repeat(64)]) expect(booleanOfBits(bits)).toBe(false);
  for (const bits of ['1', '00000010', `1${'0'.repeat(63)}`]) expect(booleanOfBits(bits)).toBe(true);
});

test('bits are a number without a sign', () => {
  expect(integerOfBits('0')).toBe('0');
  expect(integerOfBits('00000101')).toBe('5');
  expect(integerOfBits('1'.repeat(63))).toBe('9223372036854775807');
  expect(integerOfBits('1'.repeat(64))).toBe('18446744073709551615');
});

test('bits are the same number as bytes, filled up with zeros before it', () => {
  expect(bytesOfBits('1')).toEqual(Uint8Array.of(1));
  expect(bytesOfBits('100000001')).toEqual(Uint8Array.of(1, 1));
  expect(bytesOfBits('1'.repeat(16))).toEqual(Uint8Array.of(255, 255));
});

test('the bytes of any bits are those of their number', () => {
  const bits = fc.array(fc.constantFrom('0', '1'), { minLength: 1, maxLength: 80 }).map((each) => each.join(''));
  fc.assert(
    fc.property(bits, (text) => {
      const hex = Buffer.from(bytesOfBits(text) as Uint8Array).toString('hex');
      expect(BigInt(`0x${hex}`).toString()).toBe(integerOfBits(text));
      expect(hex.length).toBe(2 * Math.ceil(text.length / 8));
    }),
  );
});
