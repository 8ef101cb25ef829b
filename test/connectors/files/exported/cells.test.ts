import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonl } from '../../../../connectors/files/connector.ts';
import type { CellReading } from '../../../../core/model/cells.ts';
import { kinds, type TableSchema } from '../../../../core/model/schema.ts';
import type { Value } from '../../../../core/model/value.ts';
import { everyKind, exportRows, someRow, tableOf, temporaryDirectory, whole } from '../every-kind.ts';
import { chunksOf, exactOutcomeOf, fileOf, linesOfRows, outcomeOf, readingOf } from './readings.ts';

/** The bytes that each cell must have, as `CellForm` defines them. Null is NULL, undefined is opaque. */
function bytesOf(value: Value): Buffer | null | undefined {
  if (value === null) return null;
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (typeof value === 'boolean') return Buffer.from(value ? 't' : 'f');
  return value instanceof Uint8Array ? Buffer.from(value) : undefined;
}

test.each(kinds)('the bytes of %s cells are those of the canonical text', async (kind) => {
  const table = tableOf('t', [kind, kind]);
  await fc.assert(
    fc.asyncProperty(fc.array(someRow(table), { maxLength: 30 }), async (rows) => {
      const { forms, batches, value } = readingOf(table, [fileOf(table, linesOfRows(table, rows))], rows.length);
      const cells = rows.flat();
      let next = 0;
      for await (const batch of batches) {
        for (let i = 0; i < 2 * batch.rows; i++) {
          const expected = cells[next++] as Value;
          const begin = batch.bounds[2 * i] as number;
          const found = Buffer.from(batch.bytes.subarray(begin, batch.bounds[2 * i + 1]));
          expect(value(batch, i >> 1, i % 2)).toEqual(expected);
          if (expected === null) expect([begin, batch.bounds[2 * i + 1]]).toEqual([-1, -1]);
          else if (forms[i % 2] !== 'opaque') expect(found).toEqual(bytesOf(expected));
        }
      }
      expect(next).toBe(cells.length);
    }),
  );
});

test('a lone surrogate gives bytes that are not UTF-8, and is decoded from its value', async () => {
  const table = tableOf('t', ['text']);
  const texts = ['\ud800', 'ä\udfff', '\udc00\ud800x', '😀\ud83d', '\ufffd\ud800'];
  const lines = linesOfRows(
    table,
    [...texts, '\ufffd', '😀'].map((text) => [text]),
  );
  const { batches, value } = readingOf(table, [fileOf(table, [...lines, '["\\ud83d\\ude00"]'])], 8);
  for await (const batch of batches) {
    for (let row = 0; row < batch.rows; row++) {
      const cell = batch.bytes.subarray(batch.bounds[2 * row], batch.bounds[2 * row + 1]);
      expect(isUtf8(cell)).toBe(row >= texts.length);
      expect(value(batch, row, 0)).toBe([...texts, '\ufffd', '😀', '😀'][row]);
    }
  }
});

test('lines cut at any byte, or into chunks of any size, give the same rows', async () => {
  const table = tableOf('t', ['int32', 'text', 'bytes', 'set', 'boolean']);
  const rows = [
    ['-12', 'ä\n😀\ud800"', Uint8Array.of(1, 2, 3, 4), ['a', null, '"'], true],
    [null, '', new Uint8Array(0), [], false],
    ['0', '\\u0041', null, null, null],
  ];
  const file = fileOf(table, [...linesOfRows(table, rows), '[ 7 , "\\u00e4" ,null,"{{a}}",false]']);
  const expected = [...rows, ['7', 'ä', null, '{{a}}', false]];
  const cuts = [
    ...Array.from(file, (_, at) => [file.subarray(0, at), file.subarray(at)]),
    ...Array.from(file, (_, size) => chunksOf(file, size + 1)),
  ];
  for (const chunks of cuts) expect(await outcomeOf(readingOf(table, chunks, 4))).toEqual(expected);
});

test('lines in other JSON spellings give the rows of the exact decoder', async () => {
  const spaces = fc.constantFrom('', ' ', '\t\r');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(someRow(everyKind), spaces), { maxLength: 8 }), async (written) => {
      const rows = written.map(([row]) => row);
      const lines = linesOfRows(everyKind, rows).map((line, i) => escaped(JSON.parse(line), written[i]?.[1] ?? ''));
      const found = await outcomeOf(readingOf(everyKind, [fileOf(everyKind, lines)], lines.length));
      expect(found).toEqual(exactOutcomeOf(everyKind, lines));
      expect(found).toEqual(rows);
    }),
  );
});

/** The same JSON with every string character escaped, and white space after each comma. */
function escaped(json: unknown, space: string): string {
  if (Array.isArray(json)) return `[${json.map((member) => escaped(member, space)).join(`,${space}`)}]`;
  if (typeof json !== 'string') return JSON.stringify(json);
  const units = Array.from({ length: json.length }, (_, i) => json.charCodeAt(i).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

test('a line with any change is read or refused as by the exact decoder', async () => {
  const characters = fc.constantFrom(...'[]{},:"\\/-+.0159eEtfnulrbd= \t\u0000\u001f\u007fä😀');
  const change = fc.record({ at: fc.nat(), take: fc.integer({ min: 0, max: 2 }), put: fc.array(characters) });
  await fc.assert(
    fc.asyncProperty(fc.tuple(someRow(everyKind), someRow(everyKind)), change, async (rows, { at, take, put }) => {
      const [first = '', line = ''] = linesOfRows(everyKind, rows);
      const place = at % line.length;
      const changed = line.slice(0, place) + put.join('') + line.slice(place + take);
      const lines = [first, Buffer.from(changed).toString('utf8'), first];
      const found = await outcomeOf(readingOf(everyKind, [fileOf(everyKind, lines)], 3));
      expect(found).toEqual(exactOutcomeOf(everyKind, lines));
    }),
    { numRuns: 2000 },
  );
});

const spellings = [
  '0',
  '-0',
  '00',
  '007',
  '-01',
  '-',
  '12345678901234567890',
  '1e2',
  '1.0',
  '+1',
  'true',
  'truE',
  'nul',
  '""',
  '"abc"',
  '"{a,NULL}"',
  '"\\u007ba}"',
  '[]',
  '[ ]',
  '["a",]',
  '["a" ]',
  '["a",null,""]',
  '["a",1]',
  '[["a"]]',
  '"YQ=="',
  '"YR=="',
  '"-_8="',
  '"YQ="',
  '"Y==="',
  '"===="',
  '"AAAA===="',
  '"YQ\\u003d="',
  '"\\u00E4\\uD83D\\uDE00"',
  '"\\u00g0"',
  '"\\x"',
  '"\\/\\b\\f\\r"',
  '"\u007f"',
  '"a\tb"',
  '"a',
  'null,null',
  '',
];

test.each(['int32', 'int64', 'boolean', 'bytes', 'set', 'text', 'decimal'] as const)(
  'every spelling of a %s is read or refused as by the exact decoder',
  async (kind) => {
    const table = tableOf('t', [kind]);
    for (const spelling of spellings) {
      const lines = ['[ null ]', '[null]', `[${spelling}]`, '[null]'];
      const found = await outcomeOf(readingOf(table, [fileOf(table, lines)], lines.length));
      expect(found).toEqual(exactOutcomeOf(table, lines));
    }
  },
);

test('columns may be requested in another order, twice, or not at all', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text', 'int32', 'bytes']);
  await exportRows(directory, table, [
    ['a\nb', '1', Uint8Array.of(7)],
    [null, '2', null],
  ]);
  const source = await jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
  const [text, number, bytes] = table.columns;
  for (const [columns, expected] of [
    [
      [bytes, text],
      [
        [Uint8Array.of(7), 'a\nb'],
        [null, null],
      ],
    ],
    [
      [text, number, text],
      [
        ['a\nb', '1', 'a\nb'],
        [null, '2', null],
      ],
    ],
    [[], [[], []]],
  ]) {
    const reading = source.cells?.({ ...table, columns: columns as TableSchema['columns'] }, whole) as CellReading;
    expect(await outcomeOf(reading)).toEqual(expected);
  }
});

test('a batch holds about 256 KB, unless one row is larger', async () => {
  const table = tableOf('t', ['text']);
  const texts = [...Array(5000).fill('x'.repeat(100)), 'x'.repeat(600_000), 'y'];
  const file = fileOf(
    table,
    linesOfRows(
      table,
      texts.map((text) => [text]),
    ),
  );
  const sizes: number[] = [];
  for await (const { rows, bounds } of readingOf(table, [file], texts.length).batches) {
    const size = (bounds[2 * rows - 1] as number) - (bounds[0] as number);
    expect(rows === 1 || size <= 256 * 1024).toBe(true);
    sizes.push(rows);
  }
  expect(sizes).toEqual([2496, 2496, 8, 1, 1]);
});

test('a missing part is reported when the cells are read, and a closed source yields none', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text']);
  await exportRows(directory, table, [['a']]);
  const source = await jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
  const missing = source.cells?.({ ...table, name: 'other' }, whole) as CellReading;
  await expect(outcomeOf(missing)).resolves.toMatch(/lists no table other/);
  await source.close();
  expect(() => source.cells?.(table, whole)).toThrow(/was closed/);
});
