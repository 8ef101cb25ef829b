import type { CellBatch, CellReading } from '../../core/model/cells.ts';
import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { SourceOptions } from '../../core/ports/open-options.ts';
import type { Inspector, Part, RowBatch, Snapshot, Source } from '../../core/ports/source.ts';
import type { Naming } from '../sql/naming.ts';
import { type MysqlAddress, parseAddress } from './address.ts';
import { inspectorOf } from './inspector.ts';
import { cutIntoParts, rangeCondition } from './key-range.ts';
import { namingOf, quoteName } from './names.ts';
import { Session } from './session.ts';
import { SessionPool } from './session-pool.ts';
import { describeSnapshot, startSnapshots } from './snapshot.ts';
import { readingOf, valuesOf } from './wire/cell-reading.ts';
import { selected } from './wire/decode.ts';

/**
 * A MySQL or MariaDB database as a source, on one or several connections that see one snapshot. An operation waits while all
 * connections are reading.
 */
export class MysqlSource implements Source {
  readonly label: string;
  readonly inspector: Inspector;
  readonly snapshot: Snapshot;
  readonly #pool: SessionPool;
  readonly #naming: Naming;

  private constructor(pool: SessionPool, snapshot: Snapshot, address: MysqlAddress, { schemas }: SourceOptions) {
    this.label = address.label;
    this.snapshot = snapshot;
    this.#pool = pool;
    this.#naming = namingOf(schemas);
    this.inspector = inspectorOf({ pool, naming: this.#naming }, address, (logical) => ({
      logical,
      live: logical === '' ? address.database : (schemas[logical] ?? logical),
    }));
  }

  /** @throws WaybillError 'configuration', 'source-unavailable', 'source-refused-login' or 'internal' (row-packets.ts). */
  static async open(url: string, options: SourceOptions): Promise<MysqlSource> {
    const address = { ...parseAddress(url), idleTimeoutMs: options.idleTimeoutMs ?? 0 };
    const first = await Session.open(address);
    let pool = new SessionPool([first]);
    try {
      const { sessions, note } = await startSnapshots(first, address, options.readers ?? 1);
      pool = new SessionPool(sessions);
      const named = [...Object.values(options.schemas), address.database].filter((name) => name !== '');
      const snapshot = await describeSnapshot(first, note, [...new Set(named)]);
      return new MysqlSource(pool, snapshot, address, options);
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  parts(table: TableSchema, maxRows: number): Promise<readonly Part[]> {
    return cutIntoParts(this.#pool, table, this.#naming(table.name), maxRows);
  }

  read(table: TableSchema, part: Part): AsyncIterable<RowBatch> {
    return valuesOf(table.columns, this.#batches(table, part));
  }

  cells(table: TableSchema, part: Part): CellReading {
    return readingOf(table.columns, this.#batches(table, part));
  }

  #batches(table: TableSchema, part: Part): AsyncIterable<CellBatch> {
    return this.#pool.cells(readQuery(table, this.#naming(table.name), part), `read ${table.name}`);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function readQuery(table: TableSchema, quotedTable: string, part: Part): string {
  const list = table.columns.map(({ name, type }) => selected(quoteName(name), type)).join(', ');
  const order = table.key.length > 0 ? table.key.map(quoteName) : table.columns.flatMap(orderTerms);
  return `select ${list} from ${quotedTable} ${rangeCondition(table, part)} order by ${order.join(', ')}`;
}

/** Longer values are ordered by their digest, because the server compares only the first max_sort_length bytes. */
const longestSorted = 255;

/**
 * Orders rows without a key so that exactly the equal ones are neighbours: by bytes, since many collations treat `a` and `A`
 * as equal.
 */
function orderTerms({ name, type }: Column): readonly string[] {
  const column = quoteName(name);
  if (type.kind === 'json') return [`sha2(cast(${column} as char), 256)`];
  if (type.kind !== 'text' && type.kind !== 'bytes') return [column];
  return (type.length ?? Number.POSITIVE_INFINITY) <= longestSorted
    ? [`cast(${column} as binary)`]
    : [`sha2(${column}, 256)`];
}
