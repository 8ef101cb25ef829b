import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DdlState } from '../../../core/ports/target.ts';
import { wrapped } from '../errors.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';
import { readCatalog } from './catalog.ts';
import { sqlOf, versionFiles } from './ddl-files.ts';
import { runWithExtensions } from './extension-names.ts';
import { buildSettings } from './parallel-ddl.ts';

/**
 * Reads what the DDL makes up to a version. It makes it in a schema of its own, in a transaction that is rolled
 * back: nothing is left, even when this process is killed.
 *
 * @throws WaybillError 'target-refused' with the file that fails.
 */
export async function readDdlState(session: Session, directory: string, version: number): Promise<DdlState> {
  const schema = `waybill_ddl_${randomBytes(8).toString('hex')}`;
  const name = quoteName(schema);
  await session.script(`begin; ${buildSettings('local')}`);
  try {
    await session.rows(`create schema ${name}; set local search_path to ${name}`, [], `create the schema ${schema}`);
    for (const file of await versionFiles(directory))
      if (file.number <= version) await runFile(session, directory, file);
    return { objects: (await readCatalog(session, schema)) ?? [], rows: await readRows(session, schema) };
  } finally {
    if (!session.isLost) await session.script('rollback').catch(() => session.destroy());
  }
}

async function runFile(session: Session, directory: string, { file }: { readonly file: string }): Promise<void> {
  const sql = sqlOf(await readFile(path.join(directory, file), 'utf8'));
  await runWithExtensions(session, sql).catch((error: unknown) => {
    throw wrapped(error, session.address, `run ${file}`);
  });
}

/** Counts the rows of each table that has rows. The transaction made the tables itself, so one without pages is empty. */
async function readRows(session: Session, schema: string): Promise<Record<string, number>> {
  const sql = `select relname as name from pg_class
    where relnamespace = ${quoteText(quoteName(schema))}::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0`;
  const rows: Record<string, number> = {};
  for (const { name } of await session.rows(sql, [], 'list the tables with rows')) {
    const counted = `select count(*) as rows from only ${quoteName(schema)}.${quoteName(name as string)}`;
    const [found] = await session.rows(counted, [], `count ${name}`);
    rows[name as string] = Number(found?.rows);
  }
  return rows;
}
