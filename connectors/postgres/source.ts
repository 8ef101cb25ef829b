import type { CellBatch, CellReading } from '../../core/cells.ts';
import type { EncodedRows, RowFormat } from '../../core/encoded.ts';
import { WaybillError } from '../../core/errors.ts';
import type { SourceOptions } from '../../core/open-options.ts';
import type { Inspector, Part, RowBatch, Snapshot, Source } from '../../core/ports.ts';
import type { TableSchema } from '../../core/schema.ts';
import type { Connection } from './connection.ts';
import { cellBatches, cellForms, cellValue } from './copy-cells.ts';
import { lineReader } from './copy-text.ts';
import { inspectorOf } from './inspector.ts';
import { keepTables } from './kept-tables.ts';
import { lineBatches } from './line-batches.ts';
import { type Naming, quoteName, quoteNames, quoteText, sourceNaming } from './names.ts';
import { cutIntoParts, rangeCondition } from './parts.ts';
import { frameOf } from './row-format/copy-frame.ts';
import { cutRows } from './row-format/row-cutter.ts';
import { textFormat } from './row-format/text-format.ts';
import { Session } from './session.ts';
import { SessionPool } from './session-pool.ts';

/** Parts being read and questions being asked at the same time. */
const maxSessions = 8;

const begin = 'begin isolation level repeatable read read only';

/**
 * A PostgreSQL database to read from. One session holds a snapshot and exports it; every other session starts from it, so
 * that parts can be read in parallel, and a reading that was cut short costs its session and not the snapshot.
 */
export class PostgresSource implements Source {
  readonly label: string;
  readonly inspector: Inspector;
  readonly rereads = true;
  readonly snapshot: Snapshot = { isConsistent: true, note: 'exported snapshot, shared by all sessions' };
  readonly #naming: Naming;
  readonly #holder: Session;
  readonly #pool: SessionPool;

  private constructor(holder: Session, snapshotId: string, { schemas }: SourceOptions) {
    const { connection } = holder;
    this.label = connection.label;
    this.#holder = holder;
    this.#naming = sourceNaming(schemas);
    this.#pool = new SessionPool(() => openReader(connection, snapshotId), { max: maxSessions, rest: 'T' });
    const inspector = inspectorOf({
      pool: this.#pool,
      naming: this.#naming,
      schemaOf: (logical) => ({ logical, live: schemas[logical] ?? logical }),
    });
    this.inspector = { ...inspector, tables: async (names) => this.#kept(await inspector.tables(names)) };
  }

  static async open(connection: Connection, options: SourceOptions): Promise<PostgresSource> {
    const holder = await Session.open(connection);
    try {
      const [row] = await holder.rows(`${begin}; select pg_export_snapshot() as id`, [], 'export a snapshot');
      return new PostgresSource(holder, row?.id as string, options);
    } catch (error) {
      holder.destroy();
      throw error;
    }
  }

  async parts(table: TableSchema, maxRows: number): Promise<readonly Part[]> {
    return cutIntoParts(this.#pool, table, this.#naming(table.name), maxRows);
  }

  async *read(table: TableSchema, part: Part): AsyncGenerator<RowBatch, void, undefined> {
    const session = await this.#pool.lend();
    try {
      const readLine = lineReader(table);
      const sql = readQuery(table, this.#naming(table.name), part);
      for await (const lines of lineBatches(session.copyOut(sql, `read ${table.name}`))) yield lines.map(readLine);
    } finally {
      this.#pool.giveBack(session);
    }
  }

  cells(table: TableSchema, part: Part): CellReading {
    return { forms: cellForms(table), batches: this.#cellBatches(table, part), value: cellValue(table) };
  }

  /** Two servers write the same bytes for values of the same type. */
  encoded(
    table: TableSchema,
    part: Part,
    columns: readonly string[],
    format: RowFormat,
  ): AsyncGenerator<EncodedRows, void, undefined> | null {
    return format.name === 'copy-binary' ? this.#copied(table, part, columns, format) : null;
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#holder.close()]);
  }

  /** Before anything is read. */
  async #kept(tables: readonly TableSchema[]): Promise<readonly TableSchema[]> {
    await keepTables(
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
    const session = await this.#pool.lend();
    try {
      const sql = `${readQuery(table, this.#naming(table.name), part, columns)} ${frameOf(format).option}`;
      yield* cutRows(session.copyOut(sql, `read ${table.name}`), format, 'source');
    } finally {
      this.#pool.giveBack(session);
    }
  }
}

async function openReader(connection: Connection, snapshotId: string): Promise<Session> {
  const session = await Session.reopen(connection);
  try {
    await session.script(`${begin}; set transaction snapshot ${quoteText(snapshotId)}`);
    return session;
  } catch (cause) {
    session.destroy();
    throw new WaybillError('source-interrupted', `The snapshot of ${connection.label} is gone.`, {
      hint: 'Its session was ended: see that nothing ends idle sessions there, then resume.',
      cause,
    });
  }
}

/**
 * Without a key, rows are ordered by the text of all columns: equal rows are then neighbours even where the type has no
 * order (json) or holds unlike texts to be equal (1.0 and 1.00).
 */
function readQuery({ columns, key }: TableSchema, table: string, part: Part, taken?: readonly string[]): string {
  const names = columns.map(({ name }) => name);
  const order =
    key.length > 0 ? quoteNames(key) : names.map((name) => `${quoteName(name)}::text collate "C"`).join(', ');
  return `copy (select ${quoteNames(taken ?? names)} from ${table} ${rangeCondition(key, part)} order by ${order}) to stdout`;
}
