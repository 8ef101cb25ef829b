import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexDocument } from '../../../../connectors/files/documents/document-index.ts';
import { documentTables } from '../../../../connectors/files/documents/document-tables.ts';
import { JsonCursor } from '../../../../connectors/files/documents/json-cursor.ts';
import { rowsOf, tableOf, whole } from '../every-kind.ts';
import { directoryWith, failure, openUrl, rowsAt, users } from '../foreign/made-elsewhere.ts';

const twoUsers = '[{"id":1,"name":"x"},{"id":2,"name":null}]';
const twoRows = [
  ['1', 'x'],
  ['2', null],
];

async function urlOf(content: string | Buffer, file = 'export.json'): Promise<string> {
  return `json:${join(await directoryWith({ [file]: content }), file)}`;
}

test.each([
  ['at the top', `{"users":${twoUsers},"tenants":[]}`],
  ['with its schema', `{"app.users":${twoUsers}}`],
  ['inside "data"', `{"version":3,"data":{"tenants":[],"users":${twoUsers}}}`],
  ['with its schema inside "data"', `{"data":{"app.users":${twoUsers}}}`],
  ['inside its schema', `{"app":{"users":${twoUsers}},"other":{"users":[{"id":9}]}}`],
  ['after a byte order mark', `\ufeff{"users":${twoUsers}}`],
  ['with CR LF line endings', `{\r\n\t"users" :\r\n${twoUsers.replaceAll(',', '\r\n,\r\n')}\r\n}\r\n`],
])('a table is found %s', async (_, content) => {
  for (const url of [await urlOf(content), await urlOf(gzipSync(content), 'export.json.gz')]) {
    const source = await openUrl(url);
    expect(await source.parts(users, 1)).toEqual([whole]);
    expect(await source.inspector.count('app.users')).toBe(2);
    expect(await rowsOf(source, users, whole)).toEqual(twoRows);
    expect(await rowsOf(source, users, whole)).toEqual(twoRows);
  }
});

test('a document that is an array is the table named by its file, and so is a file with one object per line', async () => {
  const directory = await directoryWith({
    'users.json': twoUsers,
    'app.staff.jsonl': '{"id":7,"name":"y"}\n',
    'rest.json': '{"tenants":[{"id":5}]}',
  });
  const source = await openUrl(`json:${directory}`);
  expect((await source.inspector.tables(['app'])).map(({ name }) => name)).toEqual([
    'app.staff',
    'app.tenants',
    'app.users',
  ]);
  expect(await rowsOf(source, users, whole)).toEqual(twoRows);
  expect(await rowsOf(source, { ...users, name: 'app.staff' }, whole)).toEqual([['7', 'y']]);
});

test('every array of objects is reported as a table, even an empty one, and the note names the rest', async () => {
  const url = await urlOf(
    '{"at":"2020","users":[{"id":1},{"more":2}],"none":[],"tags":["a"],"meta":{"deep":{"x":[]}}}',
  );
  const source = await openUrl(url);
  const type = { kind: 'text', native: 'unknown' };
  expect(await source.inspector.tables(['app'])).toEqual([
    { name: 'app.none', columns: [], key: [], unique: [], estimatedRows: 0 },
    { name: 'app.users', columns: [{ name: 'id', type, nullable: true }], key: [], unique: [], estimatedRows: null },
  ]);
  expect(source.snapshot.isConsistent).toBe(false);
  expect(source.snapshot.note).toMatch(/export\.json, at; export\.json, tags; export\.json, meta\.deep$/);
});

test('a table that the document lacks is missing, and one that is an empty array is not', async () => {
  const source = await openUrl(await urlOf('{"users":[]}'));
  expect(await rowsOf(source, users, whole)).toEqual([]);
  expect(await source.inspector.count('app.users')).toBe(0);
  const gone = { ...users, name: 'app.gone' };
  expect(await failure(source.parts(gone, 1))).toMatchObject({ code: 'source-missing-table' });
  expect(await failure(rowsOf(source, gone, whole))).toMatchObject({ code: 'source-missing-table' });
});

test('two arrays that could be one table are refused', async () => {
  const source = await openUrl(await urlOf('{"users":[],"data":{"users":[]}}'));
  expect(await failure(source.parts(users, 1))).toMatchObject({
    code: 'configuration',
    message: 'export.json, users and export.json, data.users could both hold app.users.',
  });
});

test('values are exact: numbers with all digits, JSON as its source text, NUL and lone surrogates', async () => {
  const table = tableOf('t', ['int64', 'decimal', 'json', 'text']);
  const rows = [
    `{"c_int64":9007199254740993,"c_decimal":${'9'.repeat(60)}.10,"c_json": {"a" : 1.0,\r\n "\\u00e4":1e400} ,"c_text":"\\u0000"}`,
    '{"c_int64":1e3,"c_decimal":-0,"c_json":"{}","c_text":"\\ud800]}\\"\\\\"}',
  ];
  expect(await rowsAt(await urlOf(`{"t":[${rows}]}`), table)).toEqual([
    ['9007199254740993', `${'9'.repeat(60)}.10`, '{"a" : 1.0,\r\n "\\u00e4":1e400}', '\0'],
    ['1000', '0', '{}', '\ud800]}"\\'],
  ]);
});

test.each([
  ['{"id":2,"name":"secret","name":"secret"}', 'part-damaged', 'row 2 has the property "name" twice'],
  ['{"id":2,"nmae":"secret"}', 'part-damaged', 'row 2 has the property "nmae", which is not a column'],
  ['["secret"]', 'part-damaged', 'row 2 is not a JSON object'],
  ['"secret"', 'part-damaged', 'row 2 is not a JSON object'],
  ['{"id":2,"name":secret}', 'not-json', 'row 2 is not JSON'],
  ['{"id":2,"name":"sec\tret"}', 'not-json', 'row 2 is not JSON'],
  ['{"id":2]', 'not-json', 'row 2 is not JSON'],
  ['{"id":02}', 'not-json', 'row 2 is not JSON'],
])('the row %s is refused, and the error names the place but never the value', async (row, code, what) => {
  const error = await failure(rowsAt(await urlOf(`{"users":[{"id":1},${row},{"id":3}]}`), users));
  expect(error).toMatchObject({ code, message: `export.json, users: ${what}.` });
});

test.each([
  ['', 'part-damaged', 'export.json: it holds neither an object nor an array.'],
  ['7', 'part-damaged', 'export.json: it holds neither an object nor an array.'],
  ['hello', 'part-damaged', 'export.json: it holds neither an object nor an array.'],
  ['{"users":[]', 'not-json', 'export.json: the document is cut off.'],
  ['{"users":[{"id":1', 'not-json', 'export.json: the document is cut off: it ends within a value.'],
  ['{"users":[]}{"users":[]}', 'not-json', 'export.json: byte 13 is not JSON.'],
  ['{"users":[{"id":1},]}', 'not-json', 'export.json: byte 20 is not JSON.'],
  ['{"users":[,{"id":1}]}', 'not-json', 'export.json: byte 11 is not JSON.'],
  ['{"users":[],}', 'not-json', 'export.json: byte 13 is not JSON.'],
  ['{"users" []}', 'not-json', 'export.json: byte 10 is not JSON.'],
  ['{users:[]}', 'not-json', 'export.json: byte 2 is not JSON.'],
  ['{"us\\ers":[]}', 'not-json', 'export.json: what begins at byte 2 is not JSON.'],
  ['{"a":[1,tru]}', 'not-json', 'export.json: what begins at byte 9 is not JSON.'],
  ['{"a":{"b":{"c":[}]}}}', 'not-json', 'export.json: what begins at byte 11 is not JSON.'],
  ['{"users":[{"id":1} {"id":2}]}', 'not-json', 'export.json: byte 20 is not JSON.'],
  ['{"users":[],"users":[]}', 'part-damaged', 'export.json: it has the property "users" twice.'],
  ['{"users":[],"us\\u0065rs":1}', 'part-damaged', 'export.json: it has the property "users" twice.'],
])('the document %s is refused when it is opened', async (content, code, message) => {
  expect(await failure(openUrl(await urlOf(content)))).toMatchObject({ code, message });
});

test('a document truncated at any byte is an error', async () => {
  const content = `{"at":"2020","data":{"users":${twoUsers},"none":[ ]},"n":1}`;
  for (let end = 0; end < content.length; end++) {
    const error = await failure(openUrl(await urlOf(content.slice(0, end))));
    expect(error, `cut at ${end}`).toMatchObject({ code: expect.stringMatching(/^(not-json|part-damaged)$/) });
  }
});

test('bytes that are not UTF-8 are refused in a row and in a name', async () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const row = await urlOf(latin('{"users":[{"id":1},{"id":2,"name":"\xe4"}]}'));
  expect(await failure(rowsAt(row, users))).toMatchObject({
    code: 'not-json',
    message: 'export.json: what begins at byte 20 is not UTF-8.',
  });
  expect(await failure(openUrl(await urlOf(latin('{"\xe4":[]}'))))).toMatchObject({ code: 'not-json' });
});

test('a document that changed after it was opened is refused', async () => {
  const url = await urlOf(`{"users":${twoUsers}}`);
  const source = await openUrl(url);
  await writeFile(url.slice('json:'.length), '{"users":[{"id":1}]}');
  expect(await failure(rowsOf(source, users, whole))).toMatchObject({ code: 'part-damaged' });
  await appendFile(url.slice('json:'.length), ' x');
  expect(await failure(openUrl(url))).toMatchObject({ code: 'not-json' });
});

test('any document, in chunks of any size, gives the rows that JSON.parse gives, with their source text', async () => {
  const value = fc.oneof(
    fc.json(),
    fc.json().map((text) => ` ${text.replaceAll(',', ' ,\n')}\t`),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(value), fc.integer({ min: 1, max: 9 }), async (values, size) => {
      const bytes = Buffer.from(`[${values.join()}]`);
      const cursor = new JsonCursor('f', chunksOf(bytes, size));
      expect(await cursor.next()).toBe('array');
      cursor.enter();
      const texts: string[] = [];
      for await (const _ of cursor.members('array')) texts.push(await cursor.text());
      await cursor.end();
      expect(texts).toEqual(values.map((text) => text.trim()));
    }),
  );
});

test('any document that JSON.parse refuses is refused', async () => {
  const valid = `{"users":${twoUsers},"none":[ ],"x":{"y":[{"z":[1,{}]}]}}`;
  const edits = fc.record({
    at: fc.nat(valid.length - 1),
    by: fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', ' 1'),
  });
  await fc.assert(
    fc.asyncProperty(edits, async ({ at, by }) => {
      const content = valid.slice(0, at) + by + valid.slice(at + 1);
      fc.pre(!isJson(content));
      const file = { path: (await urlOf(content)).slice('json:'.length), file: 'f', schema: '', table: 'f' };
      const readAll = async () => {
        for (const table of documentTables(file, await indexDocument(file))) {
          const names = [...new Set([...((await table.columnNames()) ?? []), 'id', 'name'])];
          const columns = names.map((name) => ({
            name,
            type: { kind: 'text', native: 'unknown' } as const,
            nullable: true,
          }));
          for await (const _ of table.read(columns));
        }
      };
      expect(await failure(readAll())).toMatchObject({ code: expect.stringMatching(/^(not-json|part-damaged)$/) });
    }),
    { numRuns: 300 },
  );
});

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
