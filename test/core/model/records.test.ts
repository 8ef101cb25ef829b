import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordedValue } from '../../../core/model/records.ts';

test('a value that JSON has is recorded unchanged', () => {
  for (const value of [null, true, false, '', '\u0000', 'NULL', [], ['a', null]])
    expect(recordedValue(value)).toBe(value);
});

test('bytes are recorded as base64 in an object, so that they are never mistaken for text', () => {
  expect(recordedValue(new Uint8Array([0, 255]))).toEqual({ bytes: 'AP8=' });
  expect(recordedValue(new Uint8Array())).toEqual({ bytes: '' });
  expect(recordedValue('AP8=')).toBe('AP8=');
});

test('bytes are restored from their JSON record', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => {
      const { bytes: text } = JSON.parse(JSON.stringify(recordedValue(bytes))) as { bytes: string };
      expect(new Uint8Array(Buffer.from(text, 'base64'))).toEqual(bytes);
    }),
  );
});
