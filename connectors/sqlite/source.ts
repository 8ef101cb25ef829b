import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { SourceOptions } from '../../core/ports/open-options.ts';
import type { Inspector, Part, RowBatch, Snapshot, Source } from '../../core/ports/source.ts';
import { rangeCondition } from '../sql/key-range.ts';
import type { Naming } from '../sql/naming.ts';
import { parseAddress, type SqliteAddress } from './address.ts';
import { type Catalog, type LiveTable, readCatalog } from './catalog.ts';
import { SqliteDatabase } from './database.ts';
import { inspectorOf } from './inspector.ts';
import { cutIntoParts, keyTerms, orderBy } from './key-range.ts';
import { namingOf, quoteName } from './names.ts';
import { copyAtOneMoment, type FileCopy } from './snapshot.ts';
import { rowDecoder, selected } from './values/cell.ts';

const snapshot: Snapshot = { isConsistent: true, note: 'a private copy of the file, made while nobody wrote to it' };

/** A database file as a source. All reads see a private copy of it, on one connection. */
export class SqliteSource implements Source {
  readonly label: string;
  readonly snapshot = snapshot;
  readonly rereads = true;
  readonly inspector: Inspector;
  readonly #database: SqliteDatabase;
  readonly #copy: FileCopy;
  readonly #naming: Naming;
  #catalog: Promise<Catalog> | null = null;

  private constructor(database: SqliteDatabase, copy: FileCopy, address: SqliteAddress, { schemas }: SourceOptions) {
    this.label = address.label;
    this.#database = database;
    this.#copy = copy;
    this.#naming = namingOf(address.schema, schemas);
    this.inspector = inspectorOf({
      database,
      naming: this.#naming,
      catalog: () => this.#read(),
      isOwn: (logical) => logical === '' || (schemas[logical] ?? logical) === address.schema,
    });
  }

  /** @throws WaybillError 'configuration', 'source-unavailable', 'part-damaged' or 'disk-full'. */
  static async open(url: string, options: SourceOptions): Promise<SqliteSource> {
    const address = parseAddress(url);
    const copy = await copyAtOneMoment(address.path, address.label);
    try {
      const database = SqliteDatabase.open(copy.path, address.label);
      // An open file needs no name, so nothing is left behind when the process is killed. Windows removes it at the end.
      await copy.remove().catch(() => undefined);
      return new SqliteSource(database, copy, address, options);
    } catch (error) {
      await copy.remove();
      throw error;
    }
  }

  async parts(table: TableSchema, maxRows: number): Promise<readonly Part[]> {
    const asked = { table, live: await this.#live(table), quotedTable: this.#naming(table.name) };
    return cutIntoParts(this.#database, asked, maxRows);
  }

  async *read(table: TableSchema, part: Part): AsyncGenerator<RowBatch, void, undefined> {
    const sql = readQuery(table, { live: await this.#live(table), quotedTable: this.#naming(table.name) }, part);
    const decode = rowDecoder(table.name, table.columns);
    for await (const batch of this.#database.batches(sql, `read ${table.name}`)) yield batch.map(decode);
  }

  /** The structure of the file, read once: the copy does not change. */
  #read(): Promise<Catalog> {
    this.#catalog ??= readCatalog(this.#database);
    return this.#catalog;
  }

  async #live({ name }: TableSchema): Promise<LiveTable | null> {
    const { tables } = await this.#read();
    return tables.find((table) => this.#naming(name) === `main.${quoteName(table.name)}`) ?? null;
  }

  async close(): Promise<void> {
    this.#database.close();
    await this.#copy.remove();
  }
}

interface ReadTable {
  readonly live: LiveTable | null;
  readonly quotedTable: string;
}

function readQuery(table: TableSchema, { live, quotedTable }: ReadTable, part: Part): string {
  const list = table.columns
    .map(({ name, type }, i) => `${selected(`t.${quoteName(name)}`, type)} as c${i}`)
    .join(', ');
  const key = keyTerms(table, live);
  const order = key.length > 0 ? orderBy(key) : `order by ${table.columns.flatMap(orderTerms).join(', ')}`;
  return `select ${list} from ${quotedTable} t ${rangeCondition(key, part)} ${order}`;
}

/** Orders rows without a key so that exactly the equal ones are neighbours: 5 and 5.0 are equal numbers. */
function orderTerms({ name }: Column): readonly string[] {
  return [`t.${quoteName(name)} collate binary`, `typeof(t.${quoteName(name)})`];
}
