import { setImmediate } from 'node:timers/promises';
import sqlite from 'node-sqlite3-wasm';
import { closed, wrapped } from './errors.ts';

/** A cell as the driver gives it. A number beyond 2^53 is a bigint; a text must be selected as its bytes (cell.ts). */
export type RawCell = number | bigint | string | Uint8Array | null;

export type RawRow = readonly RawCell[];

const maxRows = 250;
const maxBytes = 256 * 1024;

/**
 * A database file that is only read. The driver works in the main thread: between two batches of rows other work has its
 * turn, within one it has not.
 */
export class SqliteDatabase {
  readonly label: string;
  readonly #database: InstanceType<typeof sqlite.Database>;
  readonly #open = new Set<Statement>();
  #isClosed = false;

  private constructor(database: InstanceType<typeof sqlite.Database>, label: string) {
    this.#database = database;
    this.label = label;
  }

  /**
   * Opens a private copy of a file, which may change: an unfinished transaction is undone, and a write-ahead log is
   * brought in. Afterwards the files may be removed, as the database stays open.
   */
  static open(copy: string, label: string): SqliteDatabase {
    try {
      const database = new sqlite.Database(copy, { fileMustExist: true });
      const opened = new SqliteDatabase(database, label);
      // Without shared memory, a write-ahead log can be read only by who has the file alone.
      database.exec('pragma locking_mode = exclusive; pragma trusted_schema = off');
      database.all('select count(*) from sqlite_schema');
      database.exec('pragma query_only = on; begin');
      database.all('select count(*) from sqlite_schema');
      return opened;
    } catch (error) {
      throw wrapped(error, label, 'open');
    }
  }

  /** All rows of a query. */
  async rows(sql: string, doing: string): Promise<readonly RawRow[]> {
    const found: RawRow[] = [];
    for await (const batch of this.batches(sql, doing)) found.push(...batch);
    return found;
  }

  /** The rows of a query in batches of 1 to 250, and about 256 KB unless a row is larger. */
  async *batches(sql: string, doing: string): AsyncGenerator<readonly RawRow[], void, undefined> {
    const statement = this.#prepare(sql, doing);
    try {
      const rows = statement.iterate() as Iterator<Record<string, RawCell>>;
      for (;;) {
        if (this.#isClosed) throw closed(this.label);
        const batch = this.#batch(rows, doing);
        if (batch.length > 0) yield batch;
        if (batch.length === 0) return;
        await setImmediate();
      }
    } finally {
      if (this.#open.delete(statement)) finalize(statement);
    }
  }

  #prepare(sql: string, doing: string): Statement {
    if (this.#isClosed) throw closed(this.label);
    try {
      const statement = this.#database.prepare(sql);
      this.#open.add(statement);
      return statement;
    } catch (error) {
      throw wrapped(error, this.label, doing);
    }
  }

  #batch(rows: Iterator<Record<string, RawCell>>, doing: string): readonly RawRow[] {
    const batch: RawRow[] = [];
    let bytes = 0;
    try {
      while (batch.length < maxRows && bytes < maxBytes) {
        const next = rows.next();
        if (next.done) break;
        const row = Object.values(next.value);
        for (const cell of row) bytes += typeof cell === 'object' && cell !== null ? cell.length : 8;
        batch.push(row);
      }
    } catch (error) {
      throw wrapped(error, this.label, doing);
    }
    return batch;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const statement of this.#open) finalize(statement);
    this.#open.clear();
    this.#database.close();
  }
}

/** Releases a statement. It repeats the error of its last step, which was thrown then. */
function finalize(statement: Statement): void {
  try {
    statement.finalize();
  } catch {
    // Released all the same (sqlite3_finalize).
  }
}

type Statement = ReturnType<InstanceType<typeof sqlite.Database>['prepare']>;
