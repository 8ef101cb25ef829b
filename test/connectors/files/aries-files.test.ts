import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { connectorFor } from '../../../connectors/registry.ts';
import { driftOf } from '../../../core/mapping/plan/drift.ts';
import { valueText } from '../../../core/model/row-text.ts';
import { type TableSchema, tablesOfContract } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import pipeline from '../../../pipelines/aries/pipeline.ts';
import { rowsOf, temporaryDirectory, whole } from './every-kind.ts';
import { openUrl } from './foreign/made-elsewhere.ts';

/** The committed data set of aries, rewritten in another format. The rows that are read back must be the same. */

const dataSet = `jsonl:${fileURLToPath(new URL('../../../fixtures/aries/data', import.meta.url))}`;
const schemas = Object.keys(pipeline.source.contract);
let contract: readonly TableSchema[];

beforeAll(async () => {
  const { parseType } = await connectorFor(`${pipeline.source.dialect}:`);
  contract = Object.entries(pipeline.source.contract).flatMap(([schema, tables]) =>
    tablesOfContract(schema, tables, parseType),
  );
});

async function exportedRows(table: TableSchema): Promise<Row[]> {
  const source = await openUrl(dataSet);
  const rows: Row[] = [];
  for (const part of await source.parts(table, 1)) rows.push(...(await rowsOf(source, table, part)));
  return rows;
}

async function writeDocument(directory: string): Promise<string> {
  const document: Record<string, Record<string, unknown[]>> = {};
  for (const table of contract) {
    const [schema, name] = table.name.split('.') as [string, string];
    const objects = (await exportedRows(table)).map((row) =>
      Object.fromEntries(table.columns.map((column, i) => [column.name, jsonOf(row[i] as Value)])),
    );
    document[schema] = { ...document[schema], [name]: objects };
  }
  await writeFile(join(directory, 'aries.json'), JSON.stringify(document, null, 1));
  return `json:${directory}/aries.json`;
}

function jsonOf(value: Value): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

async function writeCsv(directory: string): Promise<string> {
  await mkdir(join(directory, 'csv'));
  for (const table of contract) {
    const header = table.columns.map(({ name }) => name);
    const lines = [header, ...(await exportedRows(table))].map((row) => row.map(fieldOf).join(';'));
    await writeFile(join(directory, 'csv', `${table.name}.csv`), lines.join('\n'));
  }
  return `csv:${directory}/csv?delimiter=;&null=NULL`;
}

function fieldOf(value: Value): string {
  if (value === null) return 'NULL';
  const text = typeof value === 'string' ? value : valueText(value).replaceAll('\\\\', '\\');
  return `"${text.replaceAll('"', '""')}"`;
}

test.each([
  ['a JSON document', writeDocument],
  ['CSV files', writeCsv],
])('every table of aries is read from %s as it was written, and as its contract describes it', async (_, write) => {
  const url = await write(await temporaryDirectory());
  const source = await openUrl(url);
  expect(driftOf(contract, await source.inspector.tables(schemas), 'source')).toEqual([]);
  let rows = 0;
  for (const table of contract) {
    const wanted = await exportedRows(table);
    expect(await rowsOf(source, table, whole), table.name).toEqual(wanted);
    expect([table.name, await source.inspector.count(table.name)]).toEqual([table.name, wanted.length]);
    rows += wanted.length;
  }
  expect(rows).toBeGreaterThan(3000);
});
