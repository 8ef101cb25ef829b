import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellBatch } from '../../../../core/model/cells.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import type { Row } from '../../../../core/model/value.ts';
import { everyKind, someRow, tableOf } from '../every-kind.ts';
import { chunksOf, exactOutcomeOf, fileOf, linesOfRows, outcomeOf, readingOf } from './readings.ts';

/** The result of the exact decoder for the bytes of whole lines. */
function exactOutcomeOfBytes(table: TableSchema, bytes: Buffer): readonly Row[] | string {
  const lines = bytes.toString('latin1').split('\n').slice(0, -1);
  const texts = lines.map((line) => Buffer.from(line, 'latin1'));
  if (isUtf8(bytes))
    return exactOutcomeOf(
      table,
      texts.map((text) => text.toString('utf8')),
    );
  return `part.jsonl: line ${texts.findIndex((text) => !isUtf8(text)) + 2} is not UTF-8.`;
}

const damage = fc.record({
  how: fc.constantFrom('flipped', 'removed', 'doubled'),
  at: fc.nat(),
  bit: fc.integer({ min: 0, max: 7 }),
});

function damaged(line: Buffer, { how, at, bit }: { how: string; at: number; bit: number }): Buffer {
  const place = at % line.length;
  const byte = line[place] as number;
  const put = { flipped: [byte ^ (1 << bit)], removed: [], doubled: [byte, byte] }[how] as number[];
  return Buffer.concat([line.subarray(0, place), Buffer.from(put), line.subarray(place + 1)]);
}

test('a byte that is flipped, removed or doubled anywhere gives the cells or the refusal of the exact decoder', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someRow(everyKind), { minLength: 2, maxLength: 4 }),
      fc.array(damage, { minLength: 1, maxLength: 2 }),
      async (rows, damages) => {
        const [first = '', ...others] = linesOfRows(everyKind, rows);
        const changed = damages.reduce(damaged, Buffer.from(others.join('\n')));
        const lines = Buffer.concat([Buffer.from(`${first}\n`), changed, Buffer.from('\n')]);
        const count = lines.filter((byte) => byte === 0x0a).length;
        const found = await outcomeOf(readingOf(everyKind, [Buffer.concat([fileOf(everyKind, []), lines])], count));
        expect(found).toEqual(exactOutcomeOfBytes(everyKind, lines));
      },
    ),
    { numRuns: 3000 },
  );
});

/** Characters in every way that JSON can write them. */
const pieces = fc.constantFrom(
  ...[
    'a',
    'ä',
    '€',
    '😀',
    '\u007f',
    '/',
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\b',
    '\\f',
    '\\r',
    '\\t',
    '\\u0000',
    '\\u0041',
  ],
  ...['\\u00e4', '\\u07ff', '\\u0800', '\\uFFFF', '\\ud83d', '\\uDE00', '\\ud83d\\ude00', '\\uDBFF\\uDFFF', '\\udc00'],
  ...['lorem ipsum dolor sit amet', '\\', '\\u12', '\\uD83', '\\x', '\t', '"'],
);

test('a string of any pieces gives the text or the refusal of JSON.parse', async () => {
  const table = tableOf('t', ['text', 'text']);
  await fc.assert(
    fc.asyncProperty(fc.array(pieces), fc.array(pieces, { maxLength: 3 }), async (first, second) => {
      const lines = [`["${first.join('')}","${second.join('')}"]`, '["last",null]'];
      const found = await outcomeOf(readingOf(table, [fileOf(table, lines)], 2));
      expect(found).toEqual(exactOutcomeOf(table, lines));
    }),
    { numRuns: 2000 },
  );
});

test('the bytes of a string of any pieces are its UTF-8, except for lone surrogates', async () => {
  const table = tableOf('t', ['text']);
  const line = fc
    .array(pieces)
    .map((text) => `["${text.join('')}"]`)
    .filter((text) => typeof exactOutcomeOf(table, [text]) !== 'string');
  await fc.assert(
    fc.asyncProperty(line, async (text) => {
      for (const written of [text, text.replace('[', '[ ')]) {
        const expected = Buffer.from(JSON.parse(text)[0], 'utf8');
        for await (const { bytes, bounds } of readingOf(table, [fileOf(table, [written])], 1).batches) {
          const found = Buffer.from(bytes.subarray(bounds[0], bounds[1]));
          // A lone surrogate has no UTF-8. Buffer writes U+FFFD instead, which also takes three bytes.
          const shown = Buffer.from(found.toString('latin1').replace(loneSurrogate, replacement), 'latin1');
          expect(shown).toEqual(expected);
          expect(isUtf8(found)).toBe(shown.equals(found));
        }
      }
    }),
    { numRuns: 2000 },
  );
});

const loneSurrogate = /\xed[\xa0-\xbf][\x80-\xbf]/g;
const replacement = '\xef\xbf\xbd';

test('columns in any order, repeated or left out, are those of the exact decoder', async () => {
  const places = fc.array(fc.nat({ max: everyKind.columns.length - 1 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.array(someRow(everyKind), { maxLength: 5 }), places, async (rows, wanted) => {
      const file = fileOf(everyKind, linesOfRows(everyKind, rows));
      const found = await outcomeOf(readingOf(everyKind, [file], rows.length, wanted));
      expect(found).toEqual(rows.map((row) => wanted.map((place) => row[place])));
    }),
  );
});

test('a column requested a thousand times fits in every batch', async () => {
  const table = tableOf('t', ['int16']);
  const rows = Array.from({ length: 500 }, (_, i) => [String(i)]);
  const wanted = new Array(1000).fill(0);
  const found = await outcomeOf(readingOf(table, [fileOf(table, linesOfRows(table, rows))], 500, wanted));
  expect(found).toEqual(rows.map(([number]) => wanted.map(() => number)));
});

test('a row has as many columns as the header names, however many', async () => {
  const table = tableOf('t', new Array(20_000).fill('int16'));
  const row = table.columns.map((_, i) => String(i));
  const lines = linesOfRows(table, [row, row]);
  expect(await outcomeOf(readingOf(table, chunksOf(fileOf(table, lines), 100_000), 2))).toEqual([row, row]);
});

test('readings that run at the same time, or one after the other, do not mix their lines', async () => {
  const text = tableOf('a', ['text']);
  const mixed = tableOf('b', ['int32', 'bytes', 'text']);
  const words = Array.from({ length: 40_000 }, (_, i) => [`word\n${i}`]);
  const others = Array.from({ length: 40_000 }, (_, i) => [String(i), Uint8Array.of(i, i >> 8), null]);
  const texts = () => readingOf(text, chunksOf(fileOf(text, linesOfRows(text, words)), 50_000), words.length);
  const mix = () => readingOf(mixed, chunksOf(fileOf(mixed, linesOfRows(mixed, others)), 70_000), others.length);
  const cut = outcomeOf(readingOf(mixed, [fileOf(mixed, ['[1,null', '[2,null,"x"]'])], 2));
  expect(await Promise.all([texts(), mix(), texts()].map(outcomeOf))).toEqual([words, others, words]);
  expect(await cut).toMatch(/line 2 is not JSON/);
  expect(await outcomeOf(mix())).toEqual(others);
});

test('a line that is not in the plain form does not disturb the lines around it', async () => {
  const table = tableOf('t', ['text', 'bytes', 'int32']);
  const lines = ['["a\\nb","YQ==",1]', '["a\\nb","YQ==",1e2]', '["a\\nb","YQ==",-]'];
  const good = lines.slice(0, 2);
  expect(await outcomeOf(readingOf(table, [fileOf(table, good)], 2))).toEqual(exactOutcomeOf(table, good));
  expect(await outcomeOf(readingOf(table, [fileOf(table, lines)], 3))).toEqual(exactOutcomeOf(table, lines));
});

test('a 40 MB line between small ones does not leave large memory for later batches', async () => {
  const table = tableOf('t', ['text', 'bytes']);
  const large = ['ä"'.repeat(10 * 1024 * 1024), new Uint8Array(8 * 1024 * 1024).fill(7)];
  const small = Array.from({ length: 30_000 }, (_, i) => [`small\n${i}`, null]);
  const rows: Row[] = [...small, large, ...small];
  const reading = readingOf(table, chunksOf(fileOf(table, linesOfRows(table, rows)), 256 * 1024), rows.length);
  let next = 0;
  let last: CellBatch | null = null;
  for await (const batch of reading.batches) {
    for (let row = 0; row < batch.rows; row++) {
      const values = [0, 1].map((column) => reading.value(batch, row, column));
      const [text, bytes] = rows[next++] as Row;
      expect(values[0] === text).toBe(true);
      expect(Buffer.compare((values[1] ?? Buffer.alloc(0)) as Buffer, (bytes ?? Buffer.alloc(0)) as Buffer)).toBe(0);
    }
    last = batch;
  }
  expect(next).toBe(rows.length);
  expect(last?.bytes.buffer.byteLength).toBeLessThan(6 * 1024 * 1024);
});

test('a reading that ended with a 20 MB line does not leave large memory for the next', async () => {
  const table = tableOf('t', ['text']);
  const large = fileOf(table, linesOfRows(table, [['x'.repeat(20 * 1024 * 1024)]]));
  expect(await outcomeOf(readingOf(table, chunksOf(large, 1024 * 1024), 1))).toHaveLength(1);
  for await (const { bytes } of readingOf(table, [fileOf(table, ['["small"]'])], 1).batches) {
    expect(bytes.buffer.byteLength).toBeLessThan(6 * 1024 * 1024);
  }
});

test('an incomplete line stays whole when the memory must grow for its end', async () => {
  const table = tableOf('t', ['text']);
  const rows = [700, 900, 1700, 5, 1900, 1500, 4000, 3].map((size, i) => [`${i}\n`.repeat(size * 256)]);
  const file = fileOf(table, linesOfRows(table, rows));
  for (const size of [300_000, 1_000_000, 1_900_000, 3_000_000]) {
    const found = await outcomeOf(readingOf(table, chunksOf(file, size), rows.length));
    expect(JSON.stringify(found) === JSON.stringify(rows)).toBe(true);
  }
});
