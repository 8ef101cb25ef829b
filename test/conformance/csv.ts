import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { valueText } from '../../core/model/row-text.ts';
import type { Value } from '../../core/model/value.ts';
import type { ExpectedTable, Harness, Place, WrongUrl } from '../../testing/harness.ts';
import { plainTables, rowsInOrder, untyped } from '../../testing/tables.ts';
import { harness as jsonl } from './jsonl.ts';

/** The same values as in a waybill export, in their canonical text. */
const { everyType } = jsonl;

async function createSource(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-conformance-'));
  for (const table of [...plainTables, everyType])
    await writeFile(join(directory, `c01.${table.name}.csv`), linesOf(table));
  return { url: `csv:${directory}`, schema: 'c01', drop: () => rm(directory, { recursive: true, force: true }) };
}

function linesOf(table: ExpectedTable): string {
  const header = table.columns.map(({ name }) => name).join(',');
  const rows = rowsInOrder(table).map((row) => row.map(fieldOf).join(','));
  return [header, ...rows, ''].join('\r\n');
}

function fieldOf(value: Value): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : valueText(value).replaceAll('\\\\', '\\');
  return `"${text.replaceAll('"', '""')}"`;
}

function wrongUrls(place: Place): readonly WrongUrl[] {
  return [
    { what: 'no directory', url: 'csv:', code: 'source-unavailable' },
    { what: 'a directory that is not', url: `${place.url}/nowhere`, code: 'source-unavailable' },
    { what: 'an option that is not', url: `${place.url}?separator=;`, code: 'configuration' },
  ];
}

export const harness: Harness = {
  everyType,
  seenAs: ({ columns }) => untyped(columns),
  cuts: false,
  createSource,
  wrongUrls,
};
