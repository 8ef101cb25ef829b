import { WaybillError } from '../../core/errors.ts';
import type { Part, Source } from '../../core/ports.ts';
import type { TableSchema } from '../../core/schema.ts';
import { type ForeignFile, fileOfTable } from './foreign-files.ts';
import { fileInspector } from './inspector.ts';
import { countForeign, firstPropertyNames, readForeign } from './read-foreign.ts';

const wholeTable: Part = { number: 1, after: null, upTo: null };

/**
 * A directory of object-per-line files made elsewhere. Nothing says what they ought to hold: the caller's columns decide
 * how values are read, and a file cut between two lines cannot be told from a whole one. One part a table, its rows in
 * the order of the file.
 */
export function foreignSource(directory: string, files: readonly ForeignFile[]): Source {
  const source = {
    label: `jsonl:${directory}`,
    snapshot: { isConsistent: false, note: 'files made elsewhere; nothing says whether they are of one moment' },
    async parts(table: TableSchema) {
      fileOfTable(files, table.name);
      return [wholeTable];
    },
    async *read(table: TableSchema, _part: Part) {
      yield* readForeign(directory, fileOfTable(files, table.name).file, table.columns);
    },
    close: async () => undefined,
  };
  const inspector = fileInspector({
    tables: (schemas) => foreignTables(directory, files, schemas),
    count: async (name) => countForeign(directory, fileOfTable(files, name).file),
    read: (table, part) => source.read(table, part),
    parts: (table) => source.parts(table),
  });
  return { ...source, inspector };
}

/**
 * A file that names no schema belongs to the one asked for.
 * @throws WaybillError 'configuration' when several are: its rows would be read once for each.
 */
async function foreignTables(
  directory: string,
  files: readonly ForeignFile[],
  schemas: readonly string[],
): Promise<readonly TableSchema[]> {
  const tables: TableSchema[] = [];
  for (const file of files) {
    if (file.schema === '' && schemas.length > 1) throw ofNoSchema(file, schemas);
    const names = await firstPropertyNames(directory, file.file);
    tables.push(tableOf(file.schema || (schemas[0] ?? ''), file.table, names));
  }
  return tables;
}

function ofNoSchema({ file }: ForeignFile, schemas: readonly string[]): WaybillError {
  return new WaybillError('configuration', `${file} names no schema, and could be of ${schemas.join(' or ')}.`, {
    hint: `Put it into a folder named for its schema, such as ${schemas[0]}/${file}.`,
  });
}

/** The types are not known: native `unknown` says so to the planner, which takes the contract's word for them. */
function tableOf(schema: string, table: string, names: readonly string[]): TableSchema {
  const type = { kind: 'text', native: 'unknown' } as const;
  return {
    name: schema === '' ? table : `${schema}.${table}`,
    columns: names.map((name) => ({ name, type, nullable: true })),
    key: [],
    unique: [],
    estimatedRows: null,
  };
}
