import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { connectorFor } from '../../../../connectors/registry.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import type { Row } from '../../../../core/model/value.ts';
import type { Source } from '../../../../core/ports/source.ts';
import { rowsOf, tableOf, temporaryDirectory, whole } from '../every-kind.ts';

/** Creates a directory that holds these files until the test ends. */
export async function directoryWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), content);
  }
  return directory;
}

export async function openUrl(url: string): Promise<Source> {
  const source = await (await connectorFor(url)).openSource(url, { schemas: {} });
  onTestFinished(() => source.close());
  return source;
}

export async function rowsAt(url: string, table: TableSchema): Promise<Row[]> {
  return rowsOf(await openUrl(url), table, whole);
}

/** Returns what a promise rejects with. The promise must not resolve. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
}

/** A table with a key and a name. */
export const users: TableSchema = {
  ...tableOf('app.users', []),
  columns: [
    { name: 'id', type: { kind: 'int32', native: 'int(11)' }, nullable: false },
    { name: 'name', type: { kind: 'text', native: 'varchar(50)' }, nullable: true },
  ],
};
