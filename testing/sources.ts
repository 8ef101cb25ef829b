import type { TableSchema } from '../core/model/schema.ts';
import type { Row } from '../core/model/value.ts';
import type { Part, Source } from '../core/ports/source.ts';
import type { Conforming, ExpectedTable, Place, TestFramework } from './harness.ts';
import { schemaOf } from './tables.ts';

/** Creates the connector's place before the tests and removes it after them. */
export function sourcesOf(
  { afterAll, beforeAll, onTestFinished }: TestFramework,
  { connector, harness }: Conforming,
): {
  place(): Place;
  /** Opens a source that is closed after the test. */
  source(): Promise<Source>;
} {
  let place: Place;
  beforeAll(async () => {
    place = await harness.createSource();
  });
  afterAll(() => place.drop());
  return {
    place: () => place,
    async source() {
      const opened = await connector.openSource(place.url, { schemas: { c01: place.schema } });
      onTestFinished(() => opened.close());
      return opened;
    },
  };
}

/** A table as the source reports it, or as a contract describes it if the source knows no types. */
export async function tableOf(from: Source, expected: ExpectedTable): Promise<TableSchema> {
  const found = (await from.inspector.tables(['c01'])).find((table) => table.name === `c01.${expected.name}`);
  if (found === undefined) throw new Error(`no table ${expected.name}`);
  return found.columns.every(({ type }) => type.native === 'unknown') ? schemaOf(expected) : found;
}

export async function rowsOfPart(from: Source, table: TableSchema, part: Part): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of from.read(table, part)) rows.push(...batch);
  return rows;
}

/** All rows of a table, part by part. */
export async function rowsOf(from: Source, expected: ExpectedTable, maxRows = 1000): Promise<Row[]> {
  const table = await tableOf(from, expected);
  const rows: Row[] = [];
  for (const part of await from.parts(table, maxRows)) rows.push(...(await rowsOfPart(from, table, part)));
  return rows;
}
