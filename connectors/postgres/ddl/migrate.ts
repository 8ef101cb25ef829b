import path from 'node:path';
import { DatabaseError } from 'pg';
import Postgrator from 'postgrator';
import { WaybillError } from '../../../core/model/errors.ts';
import type { SchemaVersion } from '../../../core/ports/target.ts';
import { wrapped } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Sessions } from '../session-pool.ts';
import { sqlOf, versionFiles } from './ddl-files.ts';
import { runWithExtensions } from './extension-names.ts';
import { buildSettings } from './parallel-ddl.ts';
import { dropPrebuiltForeignKeys, prebuildForeignKeys } from './prebuild-foreign-keys.ts';
import { prebuildIndexes } from './prebuild-indexes.ts';
import { appliedVersion, beginVersions, versionView } from './versions.ts';

/** A migration to run. */
export interface Migration {
  readonly directory: string;
  readonly version: number;
  /** `up` never undoes a version, and `down` never applies one. */
  readonly direction: 'up' | 'down';
  readonly schema: string;
  /** Sessions that prebuild indexes and foreign keys in parallel on the way up. */
  readonly sessions: Sessions;
  /** Called after each version that is committed. */
  readonly onVersion?: (() => void) | undefined;
}

/**
 * Runs `NNN.do.name.sql` up to a version, or `NNN.undo.name.sql` down to it. A file and its version row are one transaction.
 * A session lock makes a second migration wait for the first. Changed line ends are not drift.
 *
 * @throws WaybillError 'drift' when a file changed after it ran, 'target-refused' with file and line when one fails.
 */
export async function migrate(session: Session, migration: Migration): Promise<void> {
  await versionFiles(migration.directory);
  const lock = `hashtextextended('waybill migrate ${migration.schema}', 0)`;
  await session.rows(`set lock_timeout to 0; select pg_advisory_lock(${lock})`, [], 'wait for another migration');
  await session.rows(buildSettings('session'));
  try {
    await beginVersions(session, migration.schema);
    await runFiles(session, migration);
  } finally {
    if (!session.isLost)
      await session.rows(`rollback; select pg_advisory_unlock(${lock})`).catch(() => session.destroy());
  }
}

/** Lists the versions of the DDL and which of them are applied to a schema. Changes nothing. */
export async function readVersions(
  session: Session,
  { directory, schema }: Pick<Migration, 'directory' | 'schema'>,
): Promise<SchemaVersion[]> {
  const files = await versionFiles(directory);
  const applied = await appliedVersion(session, schema);
  return files.map(({ number, name }) => ({ number, name, isDone: number <= applied }));
}

async function runFiles(session: Session, migration: Migration): Promise<void> {
  const { directory, version, direction, sessions, onVersion } = migration;
  const upwards = async (sql: string) => prebuildForeignKeys(sessions, await prebuildIndexes(sessions, sql));
  const runner = new FileRunner(session, direction === 'up' ? upwards : async (sql) => sql);
  const postgrator = postgratorOf(runner, directory);
  postgrator.on('migration-started', ({ filename }) => runner.start(path.basename(filename)));
  postgrator.on('migration-finished', () => onVersion?.());
  try {
    const applied = await postgrator.getDatabaseVersion();
    if (direction === 'down') await dropPrebuiltForeignKeys(session);
    // A migration to the applied version only compares the files with those that ran.
    await postgrator.migrate(String(direction === 'up' ? Math.max(applied, version) : Math.min(applied, version)));
    if (version === 0) await refuseRemains(postgrator, directory);
  } catch (error) {
    throw migrationError(error, session, directory, runner);
  }
}

function postgratorOf(runner: FileRunner, directory: string): Postgrator {
  return new Postgrator({
    driver: 'pg',
    schemaTable: versionView,
    // Brackets make the special characters of a pattern literal.
    migrationPattern: path.posix.join(directory.replace(/[?*()[\]{}]/g, '[$&]'), '*.sql'),
    newline: 'LF',
    execQuery: (sql) => runner.query(sql),
    execSqlScript: (sql) => runner.file(sql),
  });
}

async function refuseRemains(postgrator: Postgrator, directory: string): Promise<void> {
  const version = await postgrator.getDatabaseVersion();
  if (version === 0) return;
  throw new WaybillError('target-refused', `Version ${version} of ${directory} has no undo file.`, {
    hint: `Add ${String(version).padStart(3, '0')}.undo.name.sql.`,
  });
}

/**
 * Locks all tables against autovacuum, which could otherwise deadlock with a file between two statements: it holds a table that
 * the next statement needs, and waits for the catalog row that the previous one changed (GRANT takes no lock).
 */
const lockTables = `
  do $$
  declare
    names text := (
      select string_agg(oid::regclass::text, ', ' order by oid) from pg_class
      where relnamespace = to_regnamespace(current_schema()) and relkind in ('r', 'p')
        and has_table_privilege(oid, 'update, delete, truncate')
    );
  begin
    if names is not null then
      execute format('lock table %s in share update exclusive mode', names);
    end if;
  end
  $$`;

/** Runs postgrator's requests. A file opens a transaction, and the statement after it, its version row, commits it. */
class FileRunner {
  readonly #session: Session;
  readonly #prepare: (sql: string) => Promise<string>;
  #isOpen = false;
  #name: string | null = null;
  #sql = '';

  /** @param prepare runs before the transaction, and returns the SQL that is left to run in it. */
  constructor(session: Session, prepare: (sql: string) => Promise<string>) {
    this.#session = session;
    this.#prepare = prepare;
  }

  start(name: string): void {
    this.#name = name;
    this.#sql = '';
  }

  async file(sql: string): Promise<void> {
    this.#sql = await this.#prepare(sqlOf(sql));
    await this.#session.script('begin');
    this.#isOpen = true;
    await this.#session.script(lockTables);
    await runWithExtensions(this.#session, this.#sql, (text) => {
      this.#sql = text;
    });
  }

  async query(sql: string): Promise<{ rows: unknown[] }> {
    const rows = await this.#session.script(sql);
    if (this.#isOpen) await this.#session.script('commit');
    this.#isOpen = false;
    return { rows: [...rows] };
  }

  /** The operation that failed: `run 002.do.keys.sql, line 12`. */
  doing(error: unknown): string {
    if (this.#name === null) return 'read its version';
    const position = error instanceof DatabaseError && this.#sql !== '' ? Number(error.position ?? 0) : 0;
    const line = position > 0 ? `, line ${this.#sql.slice(0, position - 1).split('\n').length}` : '';
    return `run ${this.#name}${line}`;
  }
}

/** Converts an error. Postgrator's errors differ only in their messages. */
function migrationError(error: unknown, session: Session, directory: string, runner: FileRunner): WaybillError {
  const message = error instanceof Error ? error.message : '';
  const changedFile = /^MD5 checksum failed for migration \[(\d+)\]/.exec(message);
  if (changedFile !== null) {
    return new WaybillError('drift', `File ${changedFile[1]} of ${directory} changed after it was run.`, {
      hint: 'Restore the file and write a new one, or start again in an empty schema.',
      cause: error,
    });
  }
  if (message.startsWith('Two migrations found')) {
    return new WaybillError('configuration', `${message} in ${directory}.`, { hint: 'Give each file its own number.' });
  }
  return wrapped(error, session.address, runner.doing(error));
}
