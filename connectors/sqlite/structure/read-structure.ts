import type { SchemaObject, Structure, TableStructure } from '../../../core/ports/structure.ts';
import type { Catalog, LiveColumn, LiveObject, LiveTable } from '../catalog.ts';
import { isIdentity, nameIn, tablesOf } from '../schema.ts';
import { columnStructure } from './columns.ts';
import { checksOf, foreignKeysOf, indexesOf } from './constraints.ts';

/** Everything that the file holds except rows, as a logical schema has it. */
export function structureOf(catalog: Catalog, logical: string): Structure {
  const live = new Map(catalog.tables.map((table) => [nameIn(logical, table.name), table]));
  const tables = tablesOf(catalog, logical).map((table): TableStructure => {
    const own = live.get(table.name) as LiveTable;
    return {
      ...table,
      columns: table.columns.map((column, i) => {
        const found = own.columns[i] as LiveColumn;
        return columnStructure(column, found, isIdentity(own, found));
      }),
      comment: null,
      indexes: indexesOf(own),
      foreignKeys: foreignKeysOf(catalog, own, logical),
      checks: checksOf(own),
    };
  });
  const objects = catalog.objects.map((object) => objectOf(object, logical));
  return { tables, objects: objects.sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name)) };
}

/** A trigger, and the tables in which a virtual table keeps its rows, are called by their own names. */
function objectOf({ kind, name, table, sql }: LiveObject, logical: string): SchemaObject {
  const owner = table === null ? null : nameIn(logical, table);
  return { kind, name: owner === null ? nameIn(logical, name) : name, table: owner, definition: sql };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
