import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonl } from '../../../../connectors/files/connector.ts';
import { createDirectoryWriter } from '../../../../connectors/files/exported/directory-writer.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import { UnreadableRow } from '../../../../core/model/value.ts';
import { importRows, linesOf, rowsOf, tableOf, temporaryDirectory, whole } from '../every-kind.ts';

async function directoryWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), content);
  }
  return directory;
}

const open = (directory: string) => jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
const numbers = tableOf('c01.t', ['int32', 'int64', 'uint64', 'decimal', 'float64', 'float32']);

test('numbers keep every digit', async () => {
  const directory = await directoryWith({
    't.jsonl': [
      '{"c_int32":7,"c_int64":-9223372036854775808,"c_uint64":18446744073709551615,',
      '"c_decimal":12345678901234567890123456789012345.000000000000000000000000000001,',
      '"c_float64":0.1,"c_float32":0.10000000149}\n',
      '{ "c_float32" : 1E20 , "c_float64":1.50, "c_decimal":-1.5e-3,"c_uint64":1e3,"c_int64":12.0,"c_int32":-0 }\n',
      '{"c_int32":"7","c_int64":"8","c_uint64":"9","c_decimal":"-0.10","c_float64":"NaN","c_float32":"1.0"}',
    ].join(''),
  });
  expect(await importRows(directory, numbers)).toEqual([
    [
      '7',
      '-9223372036854775808',
      '18446744073709551615',
      '12345678901234567890123456789012345.000000000000000000000000000001',
      '0.1',
      '0.1',
    ],
    ['0', '12', '1000', '-0.0015', '1.5', '1e+20'],
    ['7', '8', '9', '-0.10', 'NaN', '1'],
  ]);
});

test('JSON keeps its source text, and strings and arrays are decoded', async () => {
  const table = tableOf('c01.t', ['json', 'text', 'textArray', 'bytes', 'boolean']);
  const directory = await directoryWith({
    't.jsonl':
      '{"c_json": {"a" : [1.10, "}\\\\", "]\\""]}, "c_text":"\\u00e4\\"\\ud83d\\ude00", "c_textArray":["a", null ,"]"],"c_bytes":"/w==","c_boolean":true}\n' +
      '{"c_json":1.000,"c_text":"","c_textArray":[],"c_bytes":"","c_boolean":false}\n' +
      '{"c_json":"[1, 2]","c_text":null,"c_textArray":null,"c_bytes":null,"c_boolean":null}\n',
  });
  expect(await importRows(directory, table)).toEqual([
    ['{"a" : [1.10, "}\\\\", "]\\""]}', 'ä"😀', ['a', null, ']'], Uint8Array.of(255), true],
    ['1.000', '', [], new Uint8Array(), false],
    ['[1, 2]', null, null, null, null],
  ]);
});

test('any JSON value within any white space is cut out as it was written', async () => {
  const table = tableOf('c01.t', ['json', 'text']);
  const directory = await directoryWith({ 't.jsonl': '' });
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.string({ unit: 'binary' }), async (json, text) => {
      fc.pre(json !== 'null' && !json.startsWith('"'));
      const line = `\t{ "c_json"\t: ${json} ,\r "c_text" : ${JSON.stringify(text)}  } `;
      await writeFile(join(directory, 't.jsonl'), `${line}\n`);
      expect(await importRows(directory, table)).toEqual([[json, text]]);
    }),
  );
});

const customer: TableSchema = {
  ...tableOf('c01.tbl_customer', []),
  columns: [
    { name: 'ID', type: { kind: 'int32', native: 'int(11)' }, nullable: false },
    { name: 'Name', type: { kind: 'text', native: 'varchar(50)' }, nullable: true },
  ],
};

test('a missing property is null if the column is nullable', async () => {
  const directory = await directoryWith({ 'tbl_customer.jsonl': '{"ID":1}\n{"Name":"x","ID":2}\n' });
  expect(await importRows(directory, customer)).toEqual([
    ['1', null],
    ['2', 'x'],
  ]);
});

test.each([
  ['{"ID":2,"Nmae":"secret"}', 'part-damaged', 'line 2 has the property "Nmae", which is not a column'],
  ['{"ID":2,"__proto__":"secret"}', 'part-damaged', 'line 2 has the property "__proto__", which is not a column'],
  ['{"ID":2,"Name":"secret","Name":"secret"}', 'part-damaged', 'line 2 has the property "Name" twice'],
  ['{"ID":2,"Name":null,"Na\\u006de":"secret"}', 'part-damaged', 'line 2 has the property "Name" twice'],
  ['[2,"secret"]', 'part-damaged', 'line 2 is not a JSON object'],
  ['{"ID":2,"Name":"secret', 'not-json', 'line 2 is not JSON'],
  ['{"ID":2} {"ID":3}', 'not-json', 'line 2 is not JSON'],
])('%s is refused, and the error names the place but never the value', async (line, code, what) => {
  const directory = await directoryWith({ 'tbl_customer.jsonl': `{"ID":1}\n${line}\n{"ID":3}\n` });
  const error = await importRows(directory, customer).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code, message: `tbl_customer.jsonl: ${what}.` });
});

test.each([
  ['{"Name":"secret"}', 'ID', null],
  ['{"ID":null,"Name":"secret"}', 'ID', null],
  ['{"ID":2.5}', 'ID', '2.5'],
  ['{"ID":1.00000000000000000001}', 'ID', '1.00000000000000000001'],
  ['{"ID":1e999999999}', 'ID', '1e999999999'],
  ['{"ID":"secret"}', 'ID', '"secret"'],
  ['{"ID":2,"Name":7}', 'Name', '7'],
  ['{"ID":2,"Name":{"a":"secret"}}', 'Name', '{"a":"secret"}'],
])('%s is a row with an unreadable value, and the rows around it are read', async (line, column, text) => {
  const directory = await directoryWith({ 'tbl_customer.jsonl': `{"ID":1}\n${line}\n{"ID":3}\n` });
  const [first, second, third] = await importRows(directory, customer);
  expect([first?.[0], third?.[0]]).toEqual(['1', '3']);
  expect([...(second as UnreadableRow).unread.values()]).toEqual([
    { column, place: `tbl_customer.jsonl: line 2, column "${column}"`, text },
  ]);
});

test('null in a JSON column that is not nullable is the null of JSON, and NULL in one that is', async () => {
  const table = tableOf('t', ['json']);
  const [column] = table.columns as [(typeof table.columns)[number]];
  const directory = await directoryWith({ 't.jsonl': '{"c_json": null}' });
  expect(await importRows(directory, { ...table, columns: [{ ...column, nullable: true }] })).toEqual([[null]]);
  expect(await importRows(directory, { ...table, columns: [{ ...column, nullable: false }] })).toEqual([['null']]);
});

test.each([
  ['timestamp', '2020-01-01T00:00:00Z', '2020-01-01 00:00:00'],
  ['timestamptz', '2020-01-01 00:00:00', '2020-01-01 00:00:00+00'],
  ['date', '01.02.2020', '2020-02-01'],
  ['uuid', 'f47ac10b', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
  ['decimal', '1,5', '1.5'],
  ['bits', '2', '10'],
  ['json', '{a:1}', '{"a":1}'],
] as const)('text that only looks like a %s is unreadable: %s', async (kind, foreign, canonical) => {
  const table = tableOf('t', [kind]);
  const directory = await directoryWith({ 't.jsonl': JSON.stringify({ [`c_${kind}`]: foreign }) });
  expect((await importRows(directory, table))[0]).toBeInstanceOf(UnreadableRow);
  await writeFile(join(directory, 't.jsonl'), JSON.stringify({ [`c_${kind}`]: canonical }));
  expect(await importRows(directory, table)).toEqual([[canonical]]);
});

test.each(['c01.tbl_customer.jsonl', 'c01/tbl_customer.jsonl', 'tbl_customer.jsonl', 'tbl_customer.jsonl.gz'])(
  'the table is found in %s',
  async (file) => {
    const content = '\ufeff{"ID":1}\r\n\n{"ID":2,"Name":"y"}';
    const directory = await directoryWith({ [file]: file.endsWith('.gz') ? gzipSync(content) : content });
    const source = await open(directory);
    expect(source.snapshot.isConsistent).toBe(false);
    expect(await source.parts(customer, 1)).toEqual([whole]);
    expect(await rowsOf(source, customer, whole)).toEqual([
      ['1', null],
      ['2', 'y'],
    ]);
    expect(await source.inspector.count('c01.tbl_customer')).toBe(2);
    expect(await source.inspector.tables(['c01'])).toEqual([
      {
        name: 'c01.tbl_customer',
        columns: [{ name: 'ID', type: { kind: 'text', native: 'unknown' }, nullable: true }],
        key: [],
        unique: [],
        estimatedRows: null,
      },
    ]);
  },
);

test('lines keep their numbers after blank lines', async () => {
  const directory = await directoryWith({ 'tbl_customer.jsonl': '{"ID":1}\n\n \r\n{"ID":2\n' });
  await expect(importRows(directory, customer)).rejects.toMatchObject({
    code: 'not-json',
    message: 'tbl_customer.jsonl: line 4 is not JSON.',
  });
});

test('columns of unknown type are read as their source text', async () => {
  const directory = await directoryWith({ 'c01.t.jsonl': '{"a":1.50,"b":"x","c":{"d":1},"e":null}\n' });
  const [table] = await (await open(directory)).inspector.tables(['c01']);
  expect(await importRows(directory, table as TableSchema)).toEqual([['1.50', 'x', '{"d":1}', null]]);
});

test('two files for one table are refused', async () => {
  const directory = await directoryWith({ 'c01.tbl_customer.jsonl': '', 'tbl_customer.jsonl.gz': gzipSync('') });
  await expect((await open(directory)).parts(customer, 1)).rejects.toMatchObject({
    code: 'configuration',
    message: 'c01.tbl_customer.jsonl and tbl_customer.jsonl.gz could both hold c01.tbl_customer.',
  });
});

test('a table without a file is missing, even if another schema has one', async () => {
  const source = await open(await directoryWith({ 'c01.other.jsonl': '', 'c02/tbl_customer.jsonl': '' }));
  await expect(source.parts(customer, 1)).rejects.toMatchObject({ code: 'source-missing-table' });
  await expect(source.inspector.count('c01.tbl_customer')).rejects.toMatchObject({ code: 'source-missing-table' });
});

test('parts of an unfinished export are not mistaken for files from other programs', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('c01.t', ['text']);
  await (await createDirectoryWriter(directory, { gzip: false })).writePart(table, whole, linesOf(table, [['x']]));
  const source = await open(directory);
  await expect(source.inspector.tables(['c01.t'])).rejects.toMatchObject({
    code: 'source-unavailable',
    message: expect.stringContaining('the export was not finished'),
  });
});

test('a missing directory, an empty directory and a file cannot be opened', async () => {
  const directory = await directoryWith({ 'readme.txt': 'hello' });
  for (const path of [directory, join(directory, 'none'), join(directory, 'readme.txt')]) {
    await expect(open(path)).rejects.toMatchObject({ code: 'source-unavailable' });
  }
  await expect(jsonl.openSource('jsonl:', { schemas: {} })).rejects.toMatchObject({ code: 'source-unavailable' });
});

test('a gzip file with data after its end is an error', async () => {
  const packed = gzipSync('{"ID":1}\n');
  for (const tail of [Buffer.alloc(1), Buffer.alloc(700_000), Buffer.from('garbage')]) {
    const directory = await directoryWith({ 'tbl_customer.jsonl.gz': Buffer.concat([packed, tail]) });
    await expect(importRows(directory, customer)).rejects.toMatchObject({ code: 'part-damaged' });
  }
});

test('concatenated gzip files are read to the end', async () => {
  const joined = Buffer.concat([gzipSync('{"ID":1}\n'), gzipSync('{"ID":2}\n')]);
  const directory = await directoryWith({ 'tbl_customer.jsonl.gz': joined });
  expect(await importRows(directory, customer)).toHaveLength(2);
});

test('a truncated gzip file is an error', async () => {
  const packed = gzipSync('{"ID":1}\n{"ID":2}\n');
  for (let end = 0; end < packed.length; end++) {
    const directory = await directoryWith({ 'tbl_customer.jsonl.gz': packed.subarray(0, end) });
    await expect(importRows(directory, customer)).rejects.toMatchObject({ code: 'part-damaged' });
  }
});

test('a file without a schema is refused when two schemas are requested', async () => {
  const source = await open(await directoryWith({ 'tbl_customer.jsonl': '{"ID":1}\n' }));
  await expect(source.inspector.tables(['c01', 'c02'])).rejects.toMatchObject({
    code: 'configuration',
    message: 'tbl_customer.jsonl names no schema, and could be of c01 or c02.',
  });
});

test('a key range is refused for files, because each range would return the whole table', async () => {
  const directory = await directoryWith({ 't.jsonl': '{"c_int32":1}\n{"c_int32":2}\n' });
  const source = await open(directory);
  const table = tableOf('c01.t', ['int32']);
  const ranges = [
    { number: 1, after: null, upTo: ['1'] },
    { number: 2, after: ['1'], upTo: null },
  ];
  for (const range of ranges) {
    await expect(rowsOf(source, table, range)).rejects.toMatchObject({ code: 'configuration' });
  }
  await source.close();
});
