import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { jsonl } from '../../../../connectors/files/connector.ts';
import {
  type ExportedTable,
  exportManifestFile,
  exportManifestText,
} from '../../../../connectors/files/exported/export-manifest.ts';
import { manifestColumn } from '../../../../connectors/files/exported/export-manifest-schema.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import type { Row } from '../../../../core/model/value.ts';
import { exportRows, importRows, rowsOf, tableOf, temporaryDirectory, whole } from '../every-kind.ts';

const table = tableOf('c01.tbl_a', ['int32', 'text', 'boolean']);
const rows: readonly Row[] = [
  ['1', 'ä "quoted"', true],
  ['2', null, null],
  ['3', 'third', false],
];
const header =
  '{"waybill":1,"table":"c01.tbl_a","columns":[["c_int32","int32"],["c_text","text"],["c_boolean","boolean"]]}';

/** Returns the error from reading a directory, or null. Fails if the error shows a cell value. */
async function errorOf(directory: string, of: TableSchema = table) {
  const error = await importRows(directory, of).then(
    () => null,
    (thrown: unknown) => thrown as Error & { code: string },
  );
  expect(error?.message ?? '').not.toMatch(/quoted|third|secret/);
  return error;
}

/** Creates a directory whose manifest matches the given bytes, whatever they are. */
async function vouchedFor(of: TableSchema, content: string | Buffer, claimed: number, file = 'part.jsonl') {
  const directory = await temporaryDirectory();
  const bytes = Buffer.from(content as string);
  await mkdir(dirname(join(directory, file)), { recursive: true });
  await writeFile(join(directory, file), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const part = { ...whole, file, rows: claimed, bytes: bytes.length, sha256 };
  const listed = { name: of.name, columns: of.columns.map(manifestColumn), key: [], unique: [], parts: [part] };
  const snapshot = { isConsistent: true, note: '' };
  await writeFile(
    join(directory, exportManifestFile),
    exportManifestText({ waybill: 1, format: 'jsonl', snapshot, tables: [listed] }),
  );
  return directory;
}

test.each([false, true])('a part file truncated at any byte is an error (gzip %s)', async (gzip) => {
  const directory = await temporaryDirectory();
  const { file, bytes } = await exportRows(directory, table, rows, gzip);
  const content = await readFile(join(directory, file));
  for (let end = 0; end < bytes; end++) {
    await writeFile(join(directory, file), content.subarray(0, end));
    expect(await errorOf(directory)).toMatchObject({
      code: 'part-damaged',
      message: `${file}: it has ${end} bytes where manifest.json says ${bytes}: it is truncated.`,
    });
  }
});

test.each([false, true])(
  'truncation is found even if the manifest matches the truncated bytes (gzip %s)',
  async (gzip) => {
    const plain = Buffer.from(`${header}\n[1,"a",true]\n[2,"b",false]\n`);
    const content = gzip ? gzipSync(plain) : plain;
    for (let end = 0; end < content.length; end++) {
      const directory = await vouchedFor(table, content.subarray(0, end), 2, gzip ? 'part.jsonl.gz' : 'part.jsonl');
      expect((await errorOf(directory))?.code).toMatch(/^(part-damaged|not-json)$/);
    }
  },
);

test.each([false, true])('any flipped byte of a part file is an error (gzip %s)', async (gzip) => {
  const directory = await temporaryDirectory();
  const { file } = await exportRows(directory, table, rows, gzip);
  const content = await readFile(join(directory, file));
  for (let at = 0; at < content.length; at++) {
    for (const bit of [0x01, 0x80]) {
      const flipped = Buffer.from(content);
      flipped[at] = (content[at] as number) ^ bit;
      await writeFile(join(directory, file), flipped);
      expect((await errorOf(directory))?.code).toMatch(/^(part-damaged|not-json)$/);
    }
  }
});

test('any flipped or missing byte of the manifest is an error or makes no difference', async () => {
  const directory = await temporaryDirectory();
  await exportRows(directory, table, rows);
  const content = await readFile(join(directory, exportManifestFile));
  const places = Array.from({ length: content.length - 1 }, (_, at) => at);
  const changes = places.flatMap((at) => [flipped(content, at), content.subarray(0, at)]);
  for (const changed of changes) {
    await writeFile(join(directory, exportManifestFile), changed);
    const outcome = await importRows(directory, table).catch((error: { code: string }) => error.code);
    if (typeof outcome === 'string') expect(outcome).toMatch(/^(part-damaged|not-json)$/);
    else expect(outcome).toEqual(rows);
  }
});

function flipped(content: Buffer, at: number): Buffer {
  const changed = Buffer.from(content);
  changed[at] = (content[at] as number) ^ 0x01;
  return changed;
}

test('a manifest without its last part is an error', async () => {
  const directory = await temporaryDirectory();
  await exportRows(directory, table, rows);
  const path = join(directory, exportManifestFile);
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  manifest.tables[0].parts = [];
  await writeFile(path, JSON.stringify(manifest));
  expect(await errorOf(directory)).toMatchObject({ code: 'part-damaged', message: expect.stringMatching(/checksum/) });
});

test.each([
  ['deleted', ([a, b, , d]: string[]) => [a, b, d]],
  ['doubled', ([a, b, c, d]: string[]) => [a, b, c, c, d]],
  ['swapped', ([a, b, c, d]: string[]) => [a, c, b, d]],
] as const)('a line that is %s is an error', async (_, change) => {
  const directory = await temporaryDirectory();
  const { file } = await exportRows(directory, table, rows);
  const lines = (await readFile(join(directory, file), 'utf8')).split('\n').slice(0, -1);
  await writeFile(join(directory, file), `${change(lines).join('\n')}\n`);
  expect(await errorOf(directory)).toMatchObject({ code: 'part-damaged' });
});

test('a file of the same size from another run is an error at the end', async () => {
  const directory = await temporaryDirectory();
  const other = await temporaryDirectory();
  const { file } = await exportRows(directory, table, rows);
  await exportRows(other, table, [...rows.slice(0, 2), ['4', 'third', false]]);
  await writeFile(join(directory, file), await readFile(join(other, file)));
  expect(await errorOf(directory)).toMatchObject({
    code: 'part-damaged',
    message: `${file}: its SHA-256 is not the one that manifest.json names.`,
  });
});

test.each([
  ['[1,"a",true]\n[2,secret\n', 'not-json', 'line 3 is not JSON'],
  ['[1,"a",true]\n\n', 'not-json', 'line 3 is not JSON'],
  ['[1,"a",true]\n[2,"a"]\n', 'part-damaged', 'line 3 has 2 values where the header names 3 columns'],
  ['[1,"a",true]\n[2,"a",true,1]\n', 'part-damaged', 'line 3 has 4 values where the header names 3 columns'],
  ['[1,"a",true]\n{"c_int32":2}\n', 'part-damaged', 'line 3 is not a JSON array'],
  ['[1,"a",true]\n["secret","a",true]\n', 'part-damaged', 'line 3, column "c_int32" does not hold canonical int32'],
  ['[1,"a",true]\n[1.5,"a",true]\n', 'part-damaged', 'line 3, column "c_int32" does not hold canonical int32'],
  ['[1,"a",true]\n[2,7,true]\n', 'part-damaged', 'line 3, column "c_text" does not hold canonical text'],
  ['[1,"a",true]\n[2,"a",1]\n', 'part-damaged', 'line 3, column "c_boolean" does not hold canonical boolean'],
  ['[1,"a",true]\n[2,["a"],true]\n', 'part-damaged', 'line 3, column "c_text" does not hold canonical text'],
  ['[1,"a",true]\n', 'part-damaged', 'it has 1 of the 2 rows that manifest.json names'],
  [
    '[1,"a",true]\n[2,"a",true]\n[3,"a",true]\n',
    'part-damaged',
    'it has more than the 2 rows that manifest.json names',
  ],
  ['[1,"a",true]\n[2,"a",true]', 'part-damaged', 'line 3 has no line break at its end: it is truncated'],
])('%j is refused, and the error names the place but never the value', async (lines, code, what) => {
  const directory = await vouchedFor(table, `${header}\n${lines}`, 2);
  expect(await errorOf(directory)).toMatchObject({ code, message: `part.jsonl: ${what}.` });
});

test.each([
  ['', 'part-damaged', 'it is empty'],
  ['nonsense\n', 'not-json', 'line 1 is not JSON'],
  ['[1,"a",true]\n', 'part-damaged', 'line 1 is not a header'],
  ['null\n', 'part-damaged', 'line 1 is not a header'],
  [`${header.replace('":1', '":2')}\n`, 'part-damaged', 'line 1 is not of format version 1'],
  [`${header.replace('tbl_a', 'tbl_b')}\n`, 'part-damaged', 'line 1 is the header of another table, not of c01.tbl_a'],
  [
    `${header.replace('"int32"', '"int64"')}\n`,
    'part-damaged',
    'line 1 names other columns of c01.tbl_a than manifest.json does',
  ],
])('the first line %j is refused', async (first, code, what) => {
  const directory = await vouchedFor(table, first, 0);
  expect(await errorOf(directory)).toMatchObject({ code, message: `part.jsonl: ${what}.` });
});

test('bytes that are not UTF-8 are an error that names their line', async () => {
  const bytes = Buffer.concat([
    Buffer.from(`${header}\n[1,"a",true]\n[2,"`),
    Buffer.from([0xe4]),
    Buffer.from('",true]\n'),
  ]);
  const directory = await vouchedFor(table, bytes, 2);
  expect(await errorOf(directory)).toMatchObject({ code: 'not-json', message: 'part.jsonl: line 3 is not UTF-8.' });
});

test.each(['a', 'YQ=', 'Y Q=', '*Q==', 'YQ==YQ==', '='])('base64 %j is refused, not skipped', async (text) => {
  const bytes = tableOf('t', ['bytes']);
  const lines = `{"waybill":1,"table":"t","columns":[["c_bytes","bytes"]]}\n["${text}"]\n`;
  expect(await errorOf(await vouchedFor(bytes, lines, 1), bytes)).toMatchObject({
    message: 'part.jsonl: line 2, column "c_bytes" does not hold canonical bytes.',
  });
});

test('data after the end of the gzip data is an error', async () => {
  const packed = gzipSync(`${header}\n[1,"a",true]\n`);
  for (const tail of [Buffer.alloc(700_000), Buffer.from('garbage'), gzipSync('[2,"b",true]\n')]) {
    const directory = await vouchedFor(table, Buffer.concat([packed, tail]), 1, 'part.jsonl.gz');
    expect(await errorOf(directory)).toMatchObject({ code: 'part-damaged' });
  }
});

test('a number literal in place of a string is read with every digit', async () => {
  const exact = tableOf('t', ['int64', 'decimal', 'uint64', 'float64', 'int32']);
  const columns = exact.columns.map(({ name, type }) => [name, type.kind]);
  const lines = [
    JSON.stringify({ waybill: 1, table: 't', columns }),
    '[9007199254740993,0.1000000000000000055511151231257827,18446744073709551615,1.50,3]',
    '[-0, 1e3 ,"7" ,1e20,1e2]\n',
  ].join('\n');
  expect(await importRows(await vouchedFor(exact, lines, 2), exact)).toEqual([
    ['9007199254740993', '0.1000000000000000055511151231257827', '18446744073709551615', '1.5', '3'],
    ['0', '1000', '7', '1e+20', '100'],
  ]);
});

test('a missing part file is an error that names it', async () => {
  const directory = await temporaryDirectory();
  const { file } = await exportRows(directory, table, rows);
  await rm(join(directory, file));
  expect(await errorOf(directory)).toMatchObject({ code: 'part-damaged', message: `${file}: the file is missing.` });
});

test('a part from another cut is refused', async () => {
  const directory = await temporaryDirectory();
  await exportRows(directory, table, rows);
  const source = await jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
  for (const part of [
    { ...whole, upTo: ['9'] },
    { ...whole, number: 2 },
  ]) {
    await expect(rowsOf(source, table, part)).rejects.toMatchObject({ code: 'part-damaged' });
  }
});

test('a column that the export lacks, or has with another kind, is drift', async () => {
  const directory = await temporaryDirectory();
  await exportRows(directory, table, rows);
  const asked = (name: string, kind: 'text' | 'int64') => ({
    ...table,
    columns: [{ name, type: { kind, native: kind }, nullable: true }],
  });
  expect(await errorOf(directory, asked('other', 'text'))).toMatchObject({ code: 'drift' });
  expect(await errorOf(directory, asked('c_int32', 'int64'))).toMatchObject({ code: 'drift' });
  expect(await errorOf(directory, { ...table, name: 'c01.other' })).toMatchObject({ code: 'source-missing-table' });
});

test('a manifest that points outside the directory is refused', async () => {
  for (const file of ['/etc/passwd', '../part.jsonl', 'a/../../b.jsonl', 'a/..']) {
    const directory = await vouchedFor(table, 'x', 0, 'part.jsonl');
    const text = await readFile(join(directory, exportManifestFile), 'utf8');
    await writeFile(join(directory, exportManifestFile), text.replace('part.jsonl', file));
    expect(await errorOf(directory)).toMatchObject({
      message: expect.stringMatching(/"tables\.0\.parts\.0\.file" is not/),
    });
  }
});

test.each([
  ['a table', (listed) => [listed, { ...listed, parts: [] }], 'the table c01.tbl_a is listed twice'],
  [
    'a file, for two tables',
    (listed) => [listed, { ...listed, name: 'c01.tbl_b' }],
    'the file part.jsonl is listed twice',
  ],
  [
    'a column',
    (listed) => [{ ...listed, columns: [...listed.columns, ...listed.columns.slice(0, 1)] }],
    'the column of c01.tbl_a c_int32 is listed twice',
  ],
] satisfies [string, (listed: ExportedTable) => ExportedTable[], string][])(
  'a manifest that lists %s twice is refused by name',
  async (_, change, message) => {
    const directory = await vouchedFor(table, `${header}\n[1,"a",true]\n`, 1);
    const { sha256: _sum, ...content } = JSON.parse(await readFile(join(directory, exportManifestFile), 'utf8'));
    const tables = change(content.tables[0]);
    await writeFile(join(directory, exportManifestFile), exportManifestText({ ...content, tables }));
    expect(await errorOf(directory)).toMatchObject({ code: 'part-damaged', message: expect.stringContaining(message) });
  },
);
