import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowText } from '../../../../core/model/row-text.ts';
import { kinds } from '../../../../core/model/schema.ts';
import { UnreadableRow, type Value } from '../../../../core/model/value.ts';
import { rowsOf, tableOf, whole } from '../every-kind.ts';
import { directoryWith, failure, openUrl, rowsAt, users } from '../foreign/made-elsewhere.ts';

async function urlOf(content: string | Buffer, query = '', file = 'users.csv'): Promise<string> {
  return `csv:${await directoryWith({ [file]: content })}${query}`;
}

test.each(['users.csv', 'app.users.csv', 'app/users.csv', 'users.csv.gz'])('the table is found in %s', async (file) => {
  const content = '\ufeffname,id\r\n"x",1\r\ny,2';
  const directory = await directoryWith({ [file]: file.endsWith('.gz') ? gzipSync(content) : content });
  for (const url of [`csv:${directory}`, ...(file.includes('/') ? [] : [`csv:${join(directory, file)}`])]) {
    const source = await openUrl(url);
    const type = { kind: 'text', native: 'unknown' };
    expect(await source.inspector.tables(['app'])).toEqual([
      {
        name: 'app.users',
        columns: ['name', 'id'].map((name) => ({ name, type, nullable: true })),
        key: [],
        unique: [],
        estimatedRows: null,
      },
    ]);
    expect(source.snapshot.isConsistent).toBe(false);
    expect(await source.parts(users, 1)).toEqual([whole]);
    expect(await source.inspector.count('app.users')).toBe(2);
    expect(await rowsOf(source, users, whole)).toEqual([
      ['1', 'x'],
      ['2', 'y'],
    ]);
  }
});

test('an unquoted empty field is NULL, and a quoted one is the empty text', async () => {
  const table = tableOf('users', ['text', 'int32', 'json']);
  expect(await rowsAt(await urlOf('c_int32,c_text,c_json\n,"",\n7,,null\n,"a ""b"",\r\nc",[1]\n'), table)).toEqual([
    ['', null, null],
    [null, '7', 'null'],
    ['a "b",\r\nc', null, '[1]'],
  ]);
});

test('with null=NULL the unquoted word is NULL, and an empty field is the empty text', async () => {
  const url = await urlOf('id,name\n1,NULL\n2,"NULL"\n3,\n4,null\n', '?null=NULL');
  expect(await rowsAt(url, users)).toEqual([
    ['1', null],
    ['2', 'NULL'],
    ['3', ''],
    ['4', 'null'],
  ]);
  expect(await rowsAt(await urlOf('id,name\n1,\\N\n', '?null=%5CN'), users)).toEqual([['1', null]]);
});

test.each([
  [';', ';'],
  ['%09', '\t'],
  ['|', '|'],
])('with delimiter=%s other delimiters are text', async (option, delimiter) => {
  const url = await urlOf(`id${delimiter}name\n1${delimiter}a,b\n`, `?delimiter=${option}`);
  expect(await rowsAt(url, users)).toEqual([['1', 'a,b']]);
});

test('a Windows-1252 file is decoded correctly', async () => {
  const bytes = Buffer.concat([
    Buffer.from('id,name\n1,'),
    Buffer.from([0x80, 0x82, 0x8c, 0x8e, 0x99, 0x9f, 0xe4, 0x41]),
  ]);
  expect(await rowsAt(await urlOf(bytes, '?encoding=windows-1252'), users)).toEqual([['1', '€‚ŒŽ™ŸäA']]);
});

test('numbers, NUL and text are unchanged', async () => {
  const table = tableOf('users', ['int64', 'decimal', 'text']);
  const decimal = `${'9'.repeat(60)}.10`;
  const url = await urlOf(`c_int64,c_decimal,c_text\n9007199254740993,${decimal}, \0x \n`);
  expect(await rowsAt(url, table)).toEqual([['9007199254740993', decimal, ' \0x ']]);
});

test.each([
  ['boolean', '2', 'f', false],
  ['int32', '007', '7', '7'],
  ['timestamp', '2020-01-01T00:00:00Z', '2020-01-01 00:00:00', '2020-01-01 00:00:00'],
  ['decimal', '1,5', '1.5', '1.5'],
  ['float64', '1e400', '1e300', '1e+300'],
  ['bytes', '/w==', '\\xff', Uint8Array.of(255)],
  ['json', '{a:1}', '{"a": 1.0}', undefined],
  ['set', 'a', '{a,"b c"}', ['a', 'b c']],
  ['textArray', 'a', '{a,NULL,"NULL","\\"\\\\"}', ['a', null, 'NULL', '"\\']],
  ['textArray', '', '{{a},{b}}', '{{a},{b}}'],
] as const)('as a %s %s makes the row unreadable, %s is read', async (kind, foreign, canonical, value) => {
  const table = tableOf('users', [kind]);
  const quoted = (text: string) => `c_${kind}\n"${text.replaceAll('"', '""')}"\n`;
  const [row] = await rowsAt(await urlOf(quoted(foreign)), table);
  expect(row).toBeInstanceOf(UnreadableRow);
  expect((row as UnreadableRow).unread.get(0)).toEqual({
    ...{ column: `c_${kind}`, place: `users.csv: line 2, column "c_${kind}"`, text: foreign },
  });
  expect(await rowsAt(await urlOf(quoted(canonical)), table)).toEqual([[value ?? canonical]]);
});

test.each([
  ['', 'it is empty, but its first line must name the columns'],
  ['id\n1\n', 'line 1 does not name the column "name"'],
  ['id,name,age\n', 'line 1 names "age", which is not a column'],
  ['id,name,id\n', 'line 1 names the column "id" twice'],
  ['id,Name\n1,x\n', 'line 1 does not name the column "name"'],
  ['id;name\n1;x\n', 'line 1 does not name the column "id"'],
  ['id,name\n1,x\n2\n', 'line 3 has 1 fields where line 1 names 2 columns'],
  ['id,name\n1,"x\r\n\r\ny"\n2,secret,3\n', 'line 5 has 3 fields where line 1 names 2 columns'],
  ['id,name\n1,x\n\n2,y\n', 'line 3 has 1 fields where line 1 names 2 columns'],
  ['id,name\n1,x\n2,sec"ret\n', 'line 3 has a quote within a field that is not quoted, or text behind a quoted one'],
  ['id,name\n1,x\n2,"sec"ret\n', 'line 3 has a quote within a field that is not quoted, or text behind a quoted one'],
  ['id,name\n1,x\n2,"secret\n3,y\n', 'line 3 has a quote that is not closed: it is cut off'],
  [Buffer.from('id,name\n1,\xe4\n', 'latin1'), 'line 2, field 2 is not utf-8'],
  [Buffer.from('\ufeffid,name\n1,x\n', 'utf16le'), 'line 1, field 1 is not utf-8'],
])('%j is refused, and the error names the place but never the value', async (content, what) => {
  expect(await failure(rowsAt(await urlOf(content), users))).toMatchObject({
    code: 'part-damaged',
    message: `users.csv: ${what}.`,
  });
});

test('a byte that Windows-1252 does not define is refused', async () => {
  const url = await urlOf(Buffer.from('id,name\n1,\x81\n', 'latin1'), '?encoding=windows-1252');
  expect(await failure(rowsAt(url, users))).toMatchObject({
    message: 'users.csv: line 2, field 2 is not windows-1252.',
  });
});

test.each(['?delimiter=ab', '?delimiter=%22', '?delimiter=%0a', '?encoding=utf-16', '?nul=x', '?null=a&null=b'])(
  'the options %s are refused',
  async (query) => {
    expect(await failure(openUrl(await urlOf('id\n', query)))).toMatchObject({ code: 'configuration' });
  },
);

test('a truncated gzip file is an error', async () => {
  const packed = gzipSync('id,name\n1,x\n2,y\n');
  for (let end = 0; end < packed.length; end++) {
    const url = await urlOf(packed.subarray(0, end), '', 'users.csv.gz');
    expect(await failure(rowsAt(url, users))).toMatchObject({ code: 'part-damaged' });
  }
});

test('any text is read back as it was written, and lines are counted as in an editor', async () => {
  const table = tableOf('users', ['text', 'int32']);
  const text = fc.option(
    fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'a",\r\n\0é') })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1 }), fc.constantFrom('\n', '\r\n'), async (texts, end) => {
      const fields = texts.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`));
      const lines = ['c_text,c_int32', ...fields.map((field, i) => `${field},${i}`), ''].join(end);
      const url = await urlOf(lines);
      expect(await rowsAt(url, table)).toEqual(texts.map((value, i) => [value, String(i)]));
      const directory = await directoryWith({ 'users.csv': `${lines}x,x${end}` });
      const last = (await rowsAt(`csv:${directory}`, table)).at(-1) as UnreadableRow;
      expect(last.unread.get(1)?.place).toBe(`users.csv: line ${lines.split('\n').length}, column "c_int32"`);
    }),
    { numRuns: 50 },
  );
});

test('the canonical text of every kind is read', async () => {
  const table = tableOf('users', kinds);
  const samples: Readonly<Record<string, Value>> = {
    boolean: true,
    bytes: Uint8Array.of(0, 255),
    set: ['a', 'b,c'],
    textArray: ['', null, 'NULL', '"'],
    json: '{"a" : 1}',
    bits: '0101',
    date: '2020-02-29',
    time: '23:59:59.5',
    timestamp: '2020-02-29 00:00:00',
    text: 'x',
    enum: 'x',
    timestamptz: '2020-03-29 01:30:00+00',
    uuid: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    float32: '0.1',
    float64: '1e-05',
    interval: 'PT-1.5S',
    inet: 'fe80::1',
    cidr: '10.0.0.0/8',
    macaddr: '08:00:2b:01:02:03',
  };
  const row = kinds.map((kind) => samples[kind] ?? '7');
  const unescaped = row.map((value) => rowText([value]).replaceAll('\\\\', '\\'));
  const line = unescaped.map((text) => `"${text.replaceAll('"', '""')}"`).join();
  const url = await urlOf(`${table.columns.map(({ name }) => name).join()}\n${line}\n`);
  expect(await rowsAt(url, table)).toEqual([row]);
});
