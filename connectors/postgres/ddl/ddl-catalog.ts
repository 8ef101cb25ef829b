import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogEntry } from '../../../core/ports/target.ts';
import { wrapped } from '../errors.ts';
import { quoteName } from '../names.ts';
import type { Session } from '../session.ts';
import { readCatalog } from './catalog.ts';
import { sqlOf, versionFiles } from './ddl-files.ts';
import { buildSettings } from './parallel-ddl.ts';

/**
 * Lists the objects that the DDL makes up to a version. It makes them in a schema of its own, in a transaction that is rolled
 * back: nothing is left, even when this process is killed.
 *
 * @throws WaybillError 'target-refused' with the file that fails.
 */
export async function readDdlCatalog(session: Session, directory: string, version: number): Promise<CatalogEntry[]> {
  const schema = `waybill_ddl_${randomBytes(8).toString('hex')}`;
  const name = quoteName(schema);
  await session.script(`begin; ${buildSettings('local')}`);
  try {
    await session.rows(`create schema ${name}; set local search_path to ${name}`, [], `create the schema ${schema}`);
    for (const file of await versionFiles(directory))
      if (file.number <= version) await runFile(session, directory, file);
    return (await readCatalog(session, schema)) ?? [];
  } finally {
    if (!session.isLost) await session.script('rollback').catch(() => session.destroy());
  }
}

async function runFile(session: Session, directory: string, { file }: { readonly file: string }): Promise<void> {
  const sql = sqlOf(await readFile(path.join(directory, file), 'utf8'));
  await session.script(sql).catch((error: unknown) => {
    throw wrapped(error, session.address, `run ${file}`);
  });
}
