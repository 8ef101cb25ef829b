import { expect, test } from 'vitest';
import { jsonFormat } from '../../../connectors/files/exported/row-format.ts';
import { tableOf } from './every-kind.ts';

const format = jsonFormat(tableOf('t', ['text', 'bytes']).columns);

/** Lengths around the places where a long value may be cut. */
const lengths = [1, 2, 3].flatMap((n) => [-2, -1, 0, 1, 2].map((more) => n * 64 * 1024 * 3 + more));

test('a long text becomes its complete JSON, wherever a surrogate pair or a lone surrogate is', () => {
  for (const length of lengths) {
    for (const end of ['🎉', '\ud800', '\udc00"', '\n\\']) {
      const text = 'é'.repeat(length) + end.repeat(3);
      const made = Buffer.from(format.value(0, text) as Uint8Array);
      expect(made.equals(Buffer.from(JSON.stringify(text)))).toBe(true);
    }
  }
});

test('long bytes become their complete base64', () => {
  for (const length of lengths) {
    const bytes = new Uint8Array(length).map((_, i) => i * 7);
    const made = Buffer.from(format.value(1, bytes) as Uint8Array);
    expect(made.equals(Buffer.from(`"${Buffer.from(bytes).toString('base64')}"`))).toBe(true);
  }
});
