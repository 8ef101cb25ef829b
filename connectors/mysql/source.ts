import type { Inspector, Part, RowBatch, Snapshot, Source, SourceOptions } from '../../core/ports.ts';
import type { Column, TableSchema } from '../../core/schema.ts';
import { type MysqlAddress, parseAddress } from './address.ts';
import { decodersOf, selected } from './decode.ts';
import { inspectorOf } from './inspector.ts';
import { cutIntoParts, rangeCondition } from './key-range.ts';
import { type Naming, namingOf, quoteName } from './names.ts';
import { Session } from './session.ts';
import { startSnapshot } from './snapshot.ts';

/**
 * A MySQL or MariaDB database to read from. MySQL cannot share a snapshot between connections, so there is one connection
 * and its operations take turns: while a reading is open, everything else waits for its end.
 */
export class MysqlSource implements Source {
  readonly label: string;
  readonly inspector: Inspector;
  readonly snapshot: Snapshot;
  readonly #session: Session;
  readonly #naming: Naming;

  private constructor(session: Session, snapshot: Snapshot, address: MysqlAddress, { schemas }: SourceOptions) {
    this.label = address.label;
    this.snapshot = snapshot;
    this.#session = session;
    this.#naming = namingOf(schemas);
    this.inspector = inspectorOf({ session, naming: this.#naming }, (logical) => ({
      logical,
      live: logical === '' ? address.database : (schemas[logical] ?? logical),
    }));
  }

  /** @throws WaybillError 'configuration', 'source-unavailable' or 'source-refused-login'. */
  static async open(url: string, options: SourceOptions): Promise<MysqlSource> {
    const address = parseAddress(url);
    const session = await Session.open(address);
    try {
      const named = [...Object.values(options.schemas), address.database];
      const snapshot = await startSnapshot(session, [...new Set(named.filter((name) => name !== ''))]);
      return new MysqlSource(session, snapshot, address, options);
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  parts(table: TableSchema, maxRows: number): Promise<readonly Part[]> {
    return cutIntoParts(this.#session, table, this.#naming(table.name), maxRows);
  }

  read(table: TableSchema, part: Part): AsyncIterable<RowBatch> {
    const sql = readQuery(table, this.#naming(table.name), part);
    return this.#session.stream(sql, `read ${table.name}`, decodersOf(table.columns));
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

function readQuery(table: TableSchema, quotedTable: string, part: Part): string {
  const list = table.columns.map(({ name, type }) => selected(quoteName(name), type)).join(', ');
  const order = table.key.length > 0 ? table.key.map(quoteName) : table.columns.flatMap(orderTerms);
  return `select ${list} from ${quotedTable} ${rangeCondition(table, part)} order by ${order.join(', ')}`;
}

/** Longer values are ordered by their digest: the server compares only the first max_sort_length bytes. */
const longestSorted = 255;

/**
 * Without a key, rows are ordered so that equal ones are neighbours, and only these: by bytes, since many collations hold
 * `a` and `A` to be equal.
 */
function orderTerms({ name, type }: Column): readonly string[] {
  const column = quoteName(name);
  if (type.kind === 'json') return [`sha2(cast(${column} as char), 256)`];
  if (type.kind !== 'text' && type.kind !== 'bytes') return [column];
  return (type.length ?? Number.POSITIVE_INFINITY) <= longestSorted
    ? [`cast(${column} as binary)`]
    : [`sha2(${column}, 256)`];
}
