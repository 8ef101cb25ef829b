import type { CellBatch, CellReading } from '../../core/model/cells.ts';
import type { EncodedRows, RowFormat } from '../../core/model/encoded.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { SourceOptions } from '../../core/ports/open-options.ts';
import type { Inspector, Part, RowBatch, Snapshot, Source } from '../../core/ports/source.ts';
import type { Naming } from '../sql/naming.ts';
import type { PostgresAddress } from './address.ts';
import { cellBatches, cellForms, cellValue } from './copy/copy-cells.ts';
import { lineReader } from './copy/copy-text.ts';
import { lineBatches } from './copy/line-batches.ts';
import { withLargeObjects } from './ddl/large-objects.ts';
import { isOutOfMemory } from './errors.ts';
import { inspectorOf } from './inspector.ts';
import { cutIntoParts, rangeCondition } from './key-range.ts';
import { quoteName, quoteNames, quoteText, readingNaming, sourceNaming } from './names.ts';
import { refusePooler } from './pooler.ts';
import { lockShortage } from './readiness/lock-room.ts';
import { frameOf } from './row-format/copy-frame.ts';
import { cutRows } from './row-format/row-cutter.ts';
import { textFormat } from './row-format/text-format.ts';
import { readInheritedParents } from './schema.ts';
import { Session, type Settings } from './session.ts';
import { SessionPool } from './session-pool.ts';

/** How many parts are read and queries run at the same time. */
const maxSessions = 8;

/** A database of this encoding takes any bytes as text. Converted to UTF-8, one of them would end the whole read. */
const unchecked = { client_encoding: 'SQL_ASCII' };

const begin = 'begin isolation level repeatable read read only';

/**
 * A transaction keeps the locks of all tables and indexes that it has read, and the server has room for a limited number of locks. So
 * each use of a session ends what the one before had locked. The snapshot stays.
 */
const markLocks = 'savepoint before_use';
const releaseLocks = 'rollback to savepoint before_use';

interface Opened {
  readonly snapshotId: string;
  /** Whether the server checks the encoding of text. */
  readonly isChecked: boolean;
  /** The search path of the sessions that read. */
  readonly path: string;
  /** Inherited parents, as SQL writes them. */
  readonly parents: ReadonlySet<string>;
}

/**
 * A PostgreSQL database as a source. One session exports a snapshot and holds it. All other sessions use that snapshot, so
 * parts can be read in parallel, and a reading that is cut short costs its session but not the snapshot.
 */
export class PostgresSource implements Source {
  readonly label: string;
  readonly inspector: Inspector;
  readonly rereads = true;
  readonly snapshot: Snapshot = { isConsistent: true, note: 'exported snapshot, shared by all sessions' };
  readonly #naming: Naming;
  readonly #reading: Naming;
  readonly #holder: Session;
  readonly #pool: SessionPool;
  readonly #isChecked: boolean;

  private constructor(holder: Session, { snapshotId, isChecked, path, parents }: Opened, { schemas }: SourceOptions) {
    const { address } = holder;
    this.label = address.label;
    this.#holder = holder;
    this.#naming = sourceNaming(schemas);
    this.#isChecked = isChecked;
    this.#reading = readingNaming(this.#naming, parents);
    this.#pool = new SessionPool(
      () => openReader(address, snapshotId, { search_path: path, ...(isChecked ? {} : unchecked) }),
      {
        max: maxSessions,
        rest: 'T',
        refresh: (session) => session.queryWithTimeout(releaseLocks),
      },
    );
    const inspector = inspectorOf({
      pool: this.#pool,
      reading: async () => this.#reading,
      schemaOf: (logical) => ({ logical, live: schemas[logical] ?? logical }),
    });
    const complete = async <Table extends TableSchema>(tables: readonly Table[]) =>
      withLargeObjects(this.#pool, this.#reading, await this.#locked(tables));
    this.inspector = {
      ...inspector,
      tables: async (names) => complete(await inspector.tables(names)),
      structure: async (names) => {
        const found = await inspector.structure(names);
        return found === null ? null : { ...found, tables: await complete(found.tables) };
      },
    };
  }

  static async open(address: PostgresAddress, options: SourceOptions): Promise<PostgresSource> {
    await refusePooler(address);
    const holder = await Session.open(address);
    try {
      const sql = `${begin}; select pg_export_snapshot() as id, current_setting('server_encoding') as encoding,
        current_setting('search_path') as path`;
      const [row] = await holder.rows(sql, [], 'export a snapshot');
      const isChecked = row?.encoding !== unchecked.client_encoding;
      const path = pathThrough(Object.values(options.schemas), row?.path ?? '');
      const opened = { snapshotId: row?.id as string, isChecked, path, parents: await readInheritedParents(holder) };
      return new PostgresSource(holder, opened, options);
    } catch (error) {
      holder.destroy();
      throw error;
    }
  }

  async parts(table: TableSchema, maxRows: number): Promise<readonly Part[]> {
    return cutIntoParts(this.#pool, table, this.#reading(table.name), maxRows);
  }

  async *read(table: TableSchema, part: Part): AsyncGenerator<RowBatch, void, undefined> {
    const session = await this.#pool.acquire();
    try {
      const readLine = lineReader(table);
      const sql = readQuery(table, this.#reading(table.name), part);
      for await (const lines of lineBatches(session.copyOut(sql, `read ${table.name}`))) yield lines.map(readLine);
    } finally {
      this.#pool.release(session);
    }
  }

  cells(table: TableSchema, part: Part): CellReading {
    return { forms: cellForms(table), batches: this.#cellBatches(table, part), value: cellValue(table) };
  }

  /**
   * Reads rows as COPY BINARY, since two servers write the same bytes for values of one type. Text that no server has checked is
   * looked at here.
   */
  encoded(
    table: TableSchema,
    part: Part,
    columns: readonly string[],
    format: RowFormat,
  ): AsyncGenerator<EncodedRows, void, undefined> | null {
    return this.#isChecked && format.name === 'copy-binary' ? this.#copied(table, part, columns, format) : null;
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#holder.close()]);
  }

  /** Locks the tables before anything is read. */
  async #locked<Table extends TableSchema>(tables: readonly Table[]): Promise<readonly Table[]> {
    await lockSourceTables(
      this.#holder,
      tables.map(({ name }) => this.#naming(name)),
    );
    return tables;
  }

  async *#cellBatches(table: TableSchema, part: Part): AsyncGenerator<CellBatch, void, undefined> {
    const all = table.columns.map(({ name }) => name);
    yield* cellBatches(this.#copied(table, part, all, textFormat), all.length);
  }

  async *#copied(
    table: TableSchema,
    part: Part,
    columns: readonly string[],
    format: RowFormat,
  ): AsyncGenerator<EncodedRows, void, undefined> {
    const session = await this.#pool.acquire();
    try {
      const sql = `${readQuery(table, this.#reading(table.name), part, columns)} ${frameOf(format).option}`;
      yield* cutRows(session.copyOut(sql, `read ${table.name}`), format, 'source');
    } finally {
      this.#pool.release(session);
    }
  }
}

/** The server writes the names of types and functions without their schema where that schema is on the path. */
function pathThrough(schemas: readonly string[], path: string): string {
  return [...schemas.map(quoteName), ...(path === '' ? [] : [path])].join(', ');
}

async function openReader(address: PostgresAddress, snapshotId: string, settings: Settings): Promise<Session> {
  const session = await Session.reopen(address, settings);
  try {
    await session.script(`${begin}; set transaction snapshot ${quoteText(snapshotId)}; ${markLocks}`);
    return session;
  } catch (cause) {
    session.destroy();
    throw new WaybillError('source-interrupted', `The snapshot of ${address.label} is gone.`, {
      hint: 'Prevent the server from ending idle sessions, then resume.',
      cause,
    });
  }
}

/**
 * Orders rows without a key by the text of all columns. Equal rows are then neighbours even if a type has no order (json) or
 * treats different texts as equal (1.0 and 1.00).
 */
function readQuery({ columns, key }: TableSchema, table: string, part: Part, taken?: readonly string[]): string {
  const names = columns.map(({ name }) => name);
  const order =
    key.length > 0 ? quoteNames(key) : names.map((name) => `${quoteName(name)}::text collate "C"`).join(', ');
  return `copy (select ${quoteNames(taken ?? names)} from ${table} ${rangeCondition(key, part)} order by ${order}) to stdout`;
}

/**
 * Locks tables against DDL until the session's transaction ends, as pg_dump does: a rewritten table is empty in every earlier
 * snapshot. Readers and writers are not blocked. Tables without select privilege are skipped.
 * @throws WaybillError 'source-interrupted' when a lock is not available or came too late. Foreign tables cannot be locked.
 */
async function lockSourceTables(holder: Session, tables: readonly string[]): Promise<void> {
  const readable = await holder.rows(
    `select name from unnest($1::text[]) as t (name) join pg_class c on c.oid = name::regclass
     where c.relkind <> 'f' and has_table_privilege(c.oid, 'select')`,
    [tables],
    'check its privileges',
  );
  if (readable.length === 0) return;
  const names = readable.map(({ name }) => name as string);
  const shortage = await lockShortage(holder, { tables: names.length, locks: names.length, what: 'that are read' });
  const lock = holder.rows(`lock table ${names.join(', ')} in access share mode`, [], 'lock its tables against DDL');
  // A server may have more room than it is sure to have.
  await lock.catch((error: unknown) => {
    throw isOutOfMemory(error) && shortage !== null ? shortage : error;
  });
  // The catalog is read as of the snapshot, and the function returns the current file.
  const sql = `
    select name from unnest($1::text[]) as t (name)
    join pg_class c on c.oid = name::regclass and c.relfilenode <> pg_relation_filenode(c.oid)`;
  const [rewritten] = await holder.rows(sql, [names], 'check for rewritten tables');
  if (rewritten === undefined) return;
  throw new WaybillError('source-interrupted', `${rewritten.name} was rewritten while the snapshot was taken.`, {
    hint: 'Stop DDL on the source, then resume.',
  });
}
