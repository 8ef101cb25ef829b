import { WaybillError } from '../../../core/model/errors.ts';
import type { Column, TableName, TableSchema } from '../../../core/model/schema.ts';
import type { Part, RowBatch, Source } from '../../../core/ports/source.ts';
import { fileInspector } from '../inspect/inspector.ts';
import { splitName } from './external-files.ts';

/** A table in files from elsewhere. */
export interface ForeignTable {
  /** The file, or the place in it, for messages. */
  readonly place: string;
  /** `''` when nothing names the schema: the table then matches any. */
  readonly schema: string;
  readonly table: string;
  /** The names at the beginning of the file; null when the table has no row to show them. */
  columnNames(): Promise<readonly string[] | null>;
  count(): Promise<number>;
  /** Reads rows in file order, with values read by the kinds of `columns`. */
  read(columns: readonly Column[]): AsyncIterable<RowBatch>;
}

const wholeTable: Part = { number: 1, after: null, upTo: null };
const note = 'files made elsewhere; nothing says whether they are of one moment';

/**
 * Opens tables in files from elsewhere. Nothing declares their content: the caller's columns decide how values are read, and
 * a file cut between two rows may look whole. Each table is one part. `aside` names what else the files hold.
 */
export function foreignSource(label: string, tables: readonly ForeignTable[], aside = ''): Source {
  const source = {
    label,
    snapshot: { isConsistent: false, note: `${note}${aside}` },
    async parts(table: TableSchema) {
      tableNamed(tables, table.name);
      return [wholeTable];
    },
    async *read(table: TableSchema, { after, upTo }: Part) {
      if (after !== null || upTo !== null) throw notCut(table.name);
      yield* tableNamed(tables, table.name).read(table.columns);
    },
    close: async () => undefined,
  };
  const inspector = fileInspector({
    tables: (schemas) => Promise.all(tables.map((table) => schemaOf(table, schemas))),
    count: async (name) => tableNamed(tables, name).count(),
    read: (table, part) => source.read(table, part),
    parts: (table) => source.parts(table),
  });
  return { ...source, inspector };
}

/** Refuses a run that was cut for another source: returning the whole table for each of its parts would repeat the rows. */
function notCut(name: TableName): WaybillError {
  return new WaybillError('configuration', `${name} is requested in key ranges, but files from elsewhere have none.`, {
    hint: 'Resume with the source that the run was started with.',
  });
}

/** @throws WaybillError 'source-missing-table' when there is none, 'configuration' when several could be meant. */
function tableNamed(tables: readonly ForeignTable[], name: TableName): ForeignTable {
  const { schema, table } = splitName(name);
  const found = tables.filter((one) => one.table === table && (one.schema === schema || one.schema === ''));
  if (found.length === 1) return found[0] as ForeignTable;
  if (found.length === 0) {
    throw new WaybillError('source-missing-table', `Nothing in the files is called ${name}.`, {
      hint: `Call its file, or its array in the document, ${name}.`,
    });
  }
  throw new WaybillError('configuration', `${found.map(({ place }) => place).join(' and ')} could both hold ${name}.`, {
    hint: 'Leave one of them there.',
  });
}

/**
 * Makes a table's schema. A table without a schema belongs to the requested one. The native type `unknown` makes the planner
 * use the contract's types.
 * @throws WaybillError 'configuration' when several schemas are requested, because its rows would be read once for each.
 */
async function schemaOf(found: ForeignTable, schemas: readonly string[]): Promise<TableSchema> {
  if (found.schema === '' && schemas.length > 1) throw ofNoSchema(found, schemas);
  const schema = found.schema || (schemas[0] ?? '');
  const names = await found.columnNames();
  const type = { kind: 'text', native: 'unknown' } as const;
  return {
    name: schema === '' ? found.table : `${schema}.${found.table}`,
    columns: (names ?? []).map((name) => ({ name, type, nullable: true })),
    key: [],
    unique: [],
    estimatedRows: names === null ? 0 : null,
  };
}

function ofNoSchema({ place, table }: ForeignTable, schemas: readonly string[]): WaybillError {
  return new WaybillError('configuration', `${place} names no schema, and could be of ${schemas.join(' or ')}.`, {
    hint: `Name the schema too, as in ${schemas[0]}.${table}.`,
  });
}
