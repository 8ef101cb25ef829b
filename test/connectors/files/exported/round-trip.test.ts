import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonl } from '../../../../connectors/files/connector.ts';
import { createDirectoryWriter } from '../../../../connectors/files/exported/directory-writer.ts';
import { kinds, type TableSchema } from '../../../../core/model/schema.ts';
import type { Part } from '../../../../core/ports/source.ts';
import {
  everyKind,
  exportRows,
  filesUnder,
  importRows,
  linesOf,
  rowsOf,
  someRow,
  tableOf,
  temporaryDirectory,
  whole,
} from '../every-kind.ts';

test.each([false, true])('every value of every kind is read back as it was written (gzip %s)', async (gzip) => {
  const directory = await temporaryDirectory();
  await fc.assert(
    fc.asyncProperty(fc.array(someRow(everyKind), { maxLength: 30 }), async (rows) => {
      await exportRows(directory, everyKind, rows, gzip);
      expect(await importRows(directory, everyKind)).toEqual(rows);
    }),
    { numRuns: 100 },
  );
});

test.each(kinds)('extreme values and nulls of %s are read back as they were written', async (kind) => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', [kind]);
  const rows = fc.sample(someRow(table), 300);
  await exportRows(directory, table, rows);
  expect(await importRows(directory, table)).toEqual(rows);
});

test('a line is the JSON array that the format promises', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('c01.t', ['boolean', 'int32', 'int64', 'decimal', 'json', 'bytes', 'set', 'text']);
  const json = '{"a": 1.0}';
  const row = [true, '-7', '9007199254740993', '0.10', json, Uint8Array.of(255), ['a', null], 'Ü"\n\u2028\ud800'];
  const { file } = await exportRows(directory, table, [row, row.map(() => null)]);
  expect(await readFile(join(directory, file), 'utf8')).toBe(
    '{"waybill":1,"table":"c01.t","columns":[["c_boolean","boolean"],["c_int32","int32"],["c_int64","int64"],' +
      '["c_decimal","decimal"],["c_json","json"],["c_bytes","bytes"],["c_set","set"],["c_text","text"]]}\n' +
      '[true,-7,"9007199254740993","0.10","{\\"a\\": 1.0}","/w==",["a",null],"Ü\\"\\n\u2028\\ud800"]\n' +
      '[null,null,null,null,null,null,null,null]\n',
  );
});

test.each([false, true])('two exports of the same rows have the same bytes (gzip %s)', async (gzip) => {
  const rows = fc.sample(someRow(everyKind), 500);
  const [first, second] = [await temporaryDirectory(), await temporaryDirectory()];
  await exportRows(first, everyKind, rows, gzip);
  const writer = await createDirectoryWriter(second, { gzip });
  const file = await writer.writePart(everyKind, whole, linesOf(everyKind, rows, 7));
  await writer.finish([everyKind], [file], { isConsistent: true, note: 'one transaction' });
  const names = (await filesUnder(first)).map((path) => path.slice(first.length));
  expect((await filesUnder(second)).map((path) => path.slice(second.length))).toEqual(names);
  for (const name of names) {
    expect((await readFile(join(second, name))).equals(await readFile(join(first, name)))).toBe(true);
  }
});

test('schema, parts and snapshot are read back from the manifest', async () => {
  const directory = await temporaryDirectory();
  const table: TableSchema = {
    name: 'c01.tbl_a',
    columns: [
      { name: 'ID', type: { kind: 'int32', native: 'int(11)' }, nullable: false },
      { name: 'Amount', type: { kind: 'decimal', native: 'decimal(10,2)', precision: 10, scale: 2 }, nullable: true },
      { name: 'Kind', type: { kind: 'enum', native: "enum('a','b')", labels: ['a', 'b'] }, nullable: true },
      { name: 'Name', type: { kind: 'text', native: 'varchar(50)', length: 50 }, nullable: true },
    ],
    key: ['ID'],
    unique: [['Name', 'Kind']],
    estimatedRows: 3,
  };
  const empty = { ...tableOf('c01.tbl_0', ['text']), estimatedRows: 0 };
  const parts: Part[] = [
    { number: 1, after: null, upTo: ['2'] },
    { number: 2, after: ['2'], upTo: null },
  ];
  const writer = await createDirectoryWriter(directory, { gzip: false });
  const second = await writer.writePart(table, parts[1] as Part, linesOf(table, [['3', '1.00', 'a', null]]));
  const first = await writer.writePart(
    table,
    parts[0] as Part,
    linesOf(table, [['1', null, 'b', 'x'], Array(4).fill(null)]),
  );
  await writer.finish([table, empty], [second, first], { isConsistent: false, note: 'read by two connections' });

  const source = await jsonl.openSource(`jsonl://${directory}`, { schemas: {} });
  expect(source.snapshot).toEqual({ isConsistent: false, note: 'read by two connections' });
  expect(await source.inspector.tables(['c01'])).toEqual([empty, table]);
  expect(await source.inspector.tables(['c02'])).toEqual([]);
  expect(await source.parts(table, 1)).toEqual(parts);
  expect(await source.parts(empty, 1)).toEqual([]);
  expect(await source.inspector.count('c01.tbl_a')).toBe(3);
  expect(await rowsOf(source, table, parts[1] as Part)).toEqual([['3', '1.00', 'a', null]]);
  const swapped = { ...table, columns: [table.columns[2], table.columns[0]] } as TableSchema;
  expect(await rowsOf(source, swapped, parts[1] as Part)).toEqual([['a', '3']]);
  await source.close();
});

test('files are created 0600 and directories 0700', async () => {
  const directory = join(await temporaryDirectory(), 'new');
  await exportRows(directory, everyKind, fc.sample(someRow(everyKind), 3), true);
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  for (const file of await filesUnder(directory)) expect(await modeOf(file)).toBe(0o600);
  expect(await modeOf(directory)).toBe(0o700);
  expect(await modeOf(join(directory, 'c01.tbl_everything'))).toBe(0o700);
});

test('a table of any name stays inside the directory', async () => {
  const directory = await temporaryDirectory();
  const tables = ['../../evil', '..', 'a/b', 'a%2fb', 'c01.Zahlung€', 'nul\u0000'].map((name) =>
    tableOf(name, ['text']),
  );
  const writer = await createDirectoryWriter(directory, { gzip: false });
  const files = await Promise.all(
    tables.map((table) => writer.writePart(table, whole, linesOf(table, [[table.name]]))),
  );
  await writer.finish(tables, files, { isConsistent: true, note: '' });
  expect(new Set(files.map(({ file }) => file)).size).toBe(tables.length);
  expect(await filesUnder(directory)).toHaveLength(tables.length + 1);
  for (const table of tables) expect(await importRows(directory, table)).toEqual([[table.name]]);
});

test('batches hold at most 250 rows, and about 256 KB', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text']);
  const large = 'x'.repeat(200_000);
  const rows = [
    ...Array.from({ length: 600 }, (_, i) => [`${i}`]),
    [large],
    [large],
    ['small'],
    ['x'.repeat(3_000_000)],
  ];
  await exportRows(directory, table, rows);
  const source = await jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
  const sizes: number[] = [];
  for await (const batch of source.read(table, whole)) sizes.push(batch.length);
  expect(sizes).toEqual([250, 250, 101, 2, 1]);
});

test('writing a part again replaces it, and leftovers of a killed run do not matter', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text']);
  await exportRows(directory, table, [['first']]);
  await writeFile(join(directory, 't', '000001.jsonl.partial'), '["half', { mode: 0o644 });
  await exportRows(directory, table, [['second'], ['third']]);
  expect(await importRows(directory, table)).toEqual([['second'], ['third']]);
  expect((await filesUnder(directory)).map((path) => path.slice(directory.length))).toEqual([
    '/manifest.json',
    '/t/000001.jsonl',
  ]);
});

test('a failing source leaves no file, and its error is unchanged', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text']);
  for (const gzip of [false, true]) {
    const writer = await createDirectoryWriter(directory, { gzip });
    const failing = async function* () {
      yield* linesOf(table, [['x'.repeat(1_000_000)]]);
      throw new Error('connection lost');
    };
    await expect(writer.writePart(table, whole, failing())).rejects.toThrow('connection lost');
  }
  expect(await filesUnder(directory)).toEqual([]);
});

test.each([
  ['int32', '007'],
  ['int32', '-0'],
  ['int32', '1.0'],
  ['int32', true],
  ['text', true],
  ['boolean', 't'],
  ['bytes', 'abc'],
  ['set', 'a,b'],
  ['text', Uint8Array.of(1)],
] as const)('a value that is not canonical %s is never written: %s', async (kind, value) => {
  const directory = await temporaryDirectory();
  const error = await exportRows(directory, tableOf('t', [kind]), [[value]]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'internal', message: expect.stringContaining(`column "c_${kind}"`) });
  expect(await filesUnder(directory)).toEqual([]);
});

test('a row with more values than columns is never written', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text']);
  await expect(exportRows(directory, table, [['one', 'too many']])).rejects.toMatchObject({ code: 'internal' });
});

test('a reader that stops early closes the file', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text']);
  for (const gzip of [false, true]) {
    await exportRows(directory, table, Array(5000).fill(['x'.repeat(500)]), gzip);
    const source = await jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
    for await (const batch of source.read(table, whole)) {
      expect(batch).toHaveLength(250);
      break;
    }
  }
});
