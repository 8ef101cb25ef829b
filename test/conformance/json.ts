import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Value } from '../../core/model/value.ts';
import type { ExpectedTable, Harness, Place, WrongUrl } from '../../testing/harness.ts';
import { plainTables, rowsInOrder, untyped } from '../../testing/tables.ts';
import { harness as jsonl } from './jsonl.ts';

/** The same values as in a waybill export, in one document. */
const { everyType } = jsonl;

async function createSource(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-conformance-'));
  const members = [...plainTables, everyType].map((table) => `  "c01.${table.name}": [${objectsOf(table)}]`);
  await writeFile(join(directory, 'export.json'), `{ "exportedAt": "2020", "data": {\n${members.join(',\n')}\n} }\n`);
  await writeFile(join(directory, 'broken.json'), '{ "keyed": [ { "id": 1 }, { "id"');
  return {
    url: `json:${join(directory, 'export.json')}`,
    schema: 'c01',
    drop: () => rm(directory, { recursive: true, force: true }),
  };
}

function objectsOf(table: ExpectedTable): string[] {
  return rowsInOrder(table).map((row) => {
    const cells = table.columns.map(({ name }, i) => `${JSON.stringify(name)}: ${jsonOf(row[i] as Value)}`);
    return `\n    { ${cells.join(', ')} }`;
  });
}

function jsonOf(value: Value): string {
  return JSON.stringify(value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
}

function wrongUrls(place: Place): readonly WrongUrl[] {
  return [
    { what: 'no file', url: 'json:', code: 'source-unavailable' },
    { what: 'a file that is not', url: `${place.url}.gz`, code: 'source-unavailable' },
    { what: 'a file of another kind', url: 'json:package-lock.yaml', code: 'source-unavailable' },
    { what: 'a document that is cut off', url: place.url.replace('export', 'broken'), code: 'not-json' },
  ];
}

export const harness: Harness = {
  everyType,
  seenAs: ({ columns, rows }) => untyped(rows.length === 0 ? [] : columns),
  cuts: false,
  createSource,
  wrongUrls,
};
