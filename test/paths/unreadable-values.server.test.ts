import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { carried } from './carried-table.ts';

const from = {
  ...{ id: 'integer not null', at: 'timestamp', zoned: 'timestamptz', flag: 'boolean', doc: 'json not null' },
};
const to = { ...from, doc: 'jsonb not null' };

async function folderWith(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-unreadable-'));
  await writeFile(join(folder, name), text);
  return folder;
}

const loaded = [
  ['1', '2024-01-01 00:00:00', '2023-12-31 22:00:00+00', 't', '{"a": 1}'],
  ['2', '2024-02-29 00:00:00', null, 'f', 'null'],
];
const places = [
  ['3', 'at', '2024-01-01T00:00:00Z'],
  ['4', 'zoned', '2024-01-01T00:00:00'],
  ['5', 'flag', 'maybe'],
] as const;

const good = [
  { id: 1, at: '2024-01-01T00:00:00', zoned: '2024-01-01T00:00:00+02:00', flag: 'True', doc: { a: 1 } },
  { id: 2, at: '2024-02-28T24:00:00', zoned: null, flag: false, doc: null },
];
const bad = places.map(([id, column, text]) => ({
  id: Number(id),
  at: null,
  zoned: null,
  flag: null,
  doc: 1,
  [column]: text,
}));

const records = (texts: readonly string[]) =>
  texts
    .map((text) => JSON.parse(text))
    .map(({ kind, key, rule, column, unread }) => ({ kind, key, rule, column, unread }));

const recordOf = (place: (line: number, column: string) => string, text: (value: string) => string) =>
  places.map(([id, column, value], i) => ({
    ...{ kind: 'reject', key: `id=${id}`, rule: 'unreadable', column },
    unread: [{ column, place: place(i, column), text: text(value) }],
  }));

async function migrated(source: string) {
  const { doubts, records: kept, rows, ledger } = await carried({ dialect: 'postgres', source, from, to });
  const { read, loaded: into, rejected } = ledger['app.docs > docs'] ?? {};
  expect({ doubts, rows, read, into, rejected }).toEqual({ doubts: [], rows: loaded, read: 5, into: 2, rejected: 3 });
  return records(kept);
}

test('what object-per-line files do not say exactly is the reject of its row', async () => {
  const lines = [...good, ...bad].map((row) => `${JSON.stringify(row)}\n`);
  const folder = await folderWith('docs.jsonl', lines.join(''));
  expect(await migrated(`jsonl:${folder}`)).toEqual(
    recordOf((i, column) => `docs.jsonl: line ${i + 3}, column "${column}"`, JSON.stringify),
  );
});

test('what a JSON document does not say exactly is the reject of its row', async () => {
  const folder = await folderWith('dump.json', JSON.stringify({ docs: [...good, ...bad] }));
  expect(await migrated(`json:${folder}/dump.json`)).toEqual(
    recordOf((i, column) => `dump.json, docs: row ${i + 3}, column "${column}"`, JSON.stringify),
  );
});

test('what a CSV file does not say exactly is the reject of its row', async () => {
  const lines = [
    'id,at,zoned,flag,doc',
    '1,2024-01-01T00:00:00,2024-01-01T00:00:00+02:00,True,"{""a"": 1}"',
    '2,2024-02-28T24:00:00,,False,null',
    ...bad.map(({ id, at, zoned, flag, doc }) => [id, at, zoned, flag, doc].join()),
  ];
  const folder = await folderWith('docs.csv', lines.join('\n'));
  expect(await migrated(`csv:${folder}`)).toEqual(
    recordOf(
      (i, column) => `docs.csv: line ${i + 4}, column "${column}"`,
      (value) => value,
    ),
  );
});

test('NULL in a column of a CSV file that is not nullable is the reject of its row', async () => {
  const folder = await folderWith('docs.csv', 'id,at,zoned,flag,doc\n1,,,,1\n2,,,,\n');
  const { doubts, records: kept } = await carried({ dialect: 'postgres', source: `csv:${folder}`, from, to });
  expect(doubts).toEqual([]);
  expect(records(kept)).toEqual([
    {
      ...{ kind: 'reject', key: 'id=2', rule: 'unreadable', column: 'doc' },
      unread: [{ column: 'doc', place: 'docs.csv: line 3, column "doc"', text: null }],
    },
  ]);
});

test('an export stops at a value that it has no place for', async () => {
  const folder = await folderWith('docs.csv', 'id,at,zoned,flag,doc\n1,,,maybe,1\n');
  const table = { dialect: 'postgres', source: `csv:${folder}`, from, to };
  await expect(carried(table, { name: 'staged', staged: true })).rejects.toMatchObject({
    code: 'part-damaged',
    message: 'docs.csv: line 2, column "flag" does not hold one value of its type, so its row is not exported.',
  });
});
