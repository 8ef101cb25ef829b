import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from 'pg';
import Postgrator from 'postgrator';
import { WaybillError } from '../../core/errors.ts';
import { wrapped } from './errors.ts';
import type { Session } from './session.ts';

/** The table in the target schema where postgrator keeps what was run; no table of the pipeline. */
export const versionTable = 'schema_version';

/** A migration to run. */
export interface Migration {
  readonly directory: string;
  /** 0 takes everything down; otherwise nothing is ever taken down. */
  readonly version: number;
  readonly schema: string;
}

/**
 * Runs `NNN.do.name.sql` upwards to a version, or every `NNN.undo.name.sql` for version 0. A file and the row that says it
 * ran are one transaction; a session lock makes a second migration wait for the first. Line ends do not count as drift.
 *
 * @throws WaybillError 'drift' when a file changed after it ran, 'target-refused' with file and line when one fails.
 */
export async function migrate(session: Session, migration: Migration): Promise<void> {
  await refuseEmpty(migration.directory);
  const lock = `hashtextextended('waybill migrate ${migration.schema}', 0)`;
  await session.rows(`set lock_timeout to 0; select pg_advisory_lock(${lock})`, [], 'wait for another migration');
  await session.rows(`set lock_timeout to '30s'`);
  try {
    await runFiles(session, migration);
  } finally {
    if (!session.isLost)
      await session.rows(`rollback; select pg_advisory_unlock(${lock})`).catch(() => session.destroy());
  }
}

async function refuseEmpty(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  if (names.some((name) => /^\d+\.do\..*sql$/.test(name))) return;
  throw new WaybillError('configuration', `There is no DDL (001.do.name.sql) in ${directory}.`, {
    hint: 'Name the folder of the pipeline that holds the DDL of its target.',
  });
}

async function runFiles(session: Session, { directory, version, schema }: Migration): Promise<void> {
  const runner = new FileRunner(session);
  const postgrator = new Postgrator({
    driver: 'pg',
    schemaTable: `${schema}.${versionTable}`,
    // Characters that mean something in a pattern are taken literally inside brackets.
    migrationPattern: path.posix.join(directory.replace(/[?*()[\]{}]/g, '[$&]'), '*.sql'),
    newline: 'LF',
    execQuery: (sql) => runner.query(sql),
    execSqlScript: (sql) => runner.file(sql),
  });
  postgrator.on('migration-started', ({ filename }) => runner.start(path.basename(filename)));
  try {
    const present = await postgrator.getDatabaseVersion();
    // At or below the present version, going "up to" it only compares the files with what was run.
    await postgrator.migrate(String(version === 0 ? 0 : Math.max(present, version)));
    if (version === 0) await refuseRemains(postgrator, directory);
  } catch (error) {
    throw migrationError(error, session, directory, runner);
  }
}

async function refuseRemains(postgrator: Postgrator, directory: string): Promise<void> {
  const version = await postgrator.getDatabaseVersion();
  if (version === 0) return;
  throw new WaybillError('target-refused', `Version ${version} of ${directory} has no undo file.`, {
    hint: `Add ${String(version).padStart(3, '0')}.undo.name.sql.`,
  });
}

/** Runs what postgrator asks for: a file opens a transaction, and the statement after it (its record) commits it. */
class FileRunner {
  readonly #session: Session;
  #isOpen = false;
  #name: string | null = null;
  #sql = '';

  constructor(session: Session) {
    this.#session = session;
  }

  start(name: string): void {
    this.#name = name;
    this.#sql = '';
  }

  async file(sql: string): Promise<void> {
    this.#sql = sql.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    await this.#session.script('begin');
    this.#isOpen = true;
    await this.#session.script(this.#sql);
  }

  async query(sql: string): Promise<{ rows: unknown[] }> {
    const rows = await this.#session.script(sql);
    if (this.#isOpen) await this.#session.script('commit');
    this.#isOpen = false;
    return { rows: [...rows] };
  }

  /** What was being run when the error came: `run 002.do.keys.sql, line 12`. */
  doing(error: unknown): string {
    if (this.#name === null) return 'read its version';
    const position = error instanceof DatabaseError && this.#sql !== '' ? Number(error.position ?? 0) : 0;
    const line = position > 0 ? `, line ${this.#sql.slice(0, position - 1).split('\n').length}` : '';
    return `run ${this.#name}${line}`;
  }
}

/** Postgrator tells its own errors apart by their words only. */
function migrationError(error: unknown, session: Session, directory: string, runner: FileRunner): WaybillError {
  const message = error instanceof Error ? error.message : '';
  const changed = /^MD5 checksum failed for migration \[(\d+)\]/.exec(message);
  if (changed !== null) {
    return new WaybillError('drift', `File ${changed[1]} of ${directory} changed after it was run.`, {
      hint: 'Put it back as it was and write a new file, or start again in an empty schema.',
      cause: error,
    });
  }
  if (message.startsWith('Two migrations found')) {
    return new WaybillError('configuration', `${message} in ${directory}.`, { hint: 'Give each file its own number.' });
  }
  return wrapped(error, session.connection, runner.doing(error));
}
