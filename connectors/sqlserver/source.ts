import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { SourceOptions } from '../../core/ports/open-options.ts';
import type { Inspector, Part, RowBatch, Snapshot, Source } from '../../core/ports/source.ts';
import type { Naming } from '../sql/naming.ts';
import { parseAddress, type SqlServerAddress } from './address.ts';
import { type Collations, collationReader } from './collations.ts';
import { refuseHiddenData } from './hidden-data.ts';
import { inspectorOf } from './inspector.ts';
import { cutIntoParts, partCondition } from './key-range.ts';
import { namingOf, quoteName } from './names.ts';
import { Session } from './session.ts';
import { SessionPool } from './session-pool.ts';
import { startSessions } from './snapshot.ts';
import { baseOf, decodersOf, selected } from './wire/values.ts';

/**
 * A SQL Server database as a source, on one or several connections that see one snapshot. An operation waits while all
 * connections are reading.
 */
export class SqlServerSource implements Source {
  readonly label: string;
  readonly inspector: Inspector;
  readonly snapshot: Snapshot;
  readonly #pool: SessionPool;
  readonly #naming: Naming;
  readonly #collations: (quotedTable: string) => Promise<Collations>;

  private constructor(pool: SessionPool, address: SqlServerAddress, snapshot: Snapshot, { schemas }: SourceOptions) {
    this.label = address.label;
    this.snapshot = snapshot;
    this.#pool = pool;
    this.#naming = namingOf(schemas);
    this.#collations = collationReader(pool);
    this.inspector = inspectorOf({ pool, naming: this.#naming }, address, (logical) => ({
      logical,
      live: schemas[logical] ?? logical,
    }));
  }

  /** @throws WaybillError 'configuration', 'source-unavailable' or 'source-refused-login'. */
  static async open(url: string, options: SourceOptions): Promise<SqlServerSource> {
    const address = { ...parseAddress(url), idleTimeoutMs: options.idleTimeoutMs ?? 0 };
    const first = await Session.open(address);
    let pool = new SessionPool([first]);
    try {
      const wanted = { address, readers: options.readers ?? 1, schemas: Object.values(options.schemas) };
      const { sessions, snapshot } = await startSessions(first, wanted);
      pool = new SessionPool(sessions);
      const seen = await refuseHiddenData(first, wanted.schemas, snapshot);
      return new SqlServerSource(pool, address, seen, options);
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  async parts(table: TableSchema, maxRows: number): Promise<readonly Part[]> {
    const quotedTable = this.#naming(table.name);
    return cutIntoParts(this.#pool, table, {
      quotedTable,
      maxRows,
      collations: await this.#collations(quotedTable),
    });
  }

  async *read(table: TableSchema, part: Part): AsyncGenerator<RowBatch, void, undefined> {
    const quotedTable = this.#naming(table.name);
    const collations = part.after === null && part.upTo === null ? new Map() : await this.#collations(quotedTable);
    const where = partCondition(table, part, collations);
    yield* this.#pool.stream(readQuery(table, quotedTable, where), `read ${table.name}`, decodersOf(table.columns));
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function readQuery(table: TableSchema, quotedTable: string, where: string): string {
  const list = table.columns.map(({ name, type }) => selected(quoteName(name), type)).join(', ');
  const order = table.key.length > 0 ? table.key.map(quoteName) : table.columns.map(orderTerm);
  return `select ${list} from ${quotedTable} ${where} order by ${order.join(', ')}`;
}

/** A sort compares at most this many bytes of a value; longer ones are ordered by their digest. */
const longestSorted = 4000;

/**
 * Orders rows without a key so that exactly the equal ones are neighbours: by bytes, since collations treat `a` and `A` as
 * equal, and all of them `a` and `a `.
 */
function orderTerm({ name, type }: Column): string {
  const column = quoteName(name);
  if (type.kind !== 'text' && type.kind !== 'bytes' && type.kind !== 'json') return column;
  if (baseOf(type) === 'hierarchyid' || baseOf(type) === 'rowversion') return column;
  const isShort = type.kind === 'text' && (type.length ?? Number.POSITIVE_INFINITY) <= longestSorted;
  const value = selected(column, type);
  return isShort ? `convert(varbinary(8000), ${value})` : `hashbytes('SHA2_256', convert(varbinary(max), ${value}))`;
}
