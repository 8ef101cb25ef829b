import type {
  CheckStructure,
  ForeignKeyAction,
  ForeignKeyStructure,
  IndexStructure,
} from '../../../core/ports/structure.ts';
import type { Catalog, LiveForeignKey, LiveIndex, LiveTable } from '../catalog.ts';
import { nameIn } from '../schema.ts';
import { readIndexSql, readTableSql } from './table-sql.ts';

/** The indexes of a table, the primary key first, those of constraints under names of their own. */
export function indexesOf(table: LiveTable): readonly IndexStructure[] {
  const primary = table.key.length === 0 ? [] : [primaryKey(table)];
  const others = table.indexes.filter(({ origin }) => origin !== 'pk' || table.key.length === 0);
  return [...primary, ...others.map((index) => indexOf(table, index))];
}

const plain = { method: 'btree', includes: [], predicate: null, definition: null };

function primaryKey({ key }: LiveTable): IndexStructure {
  const parts = key.map((column) => ({ column, expression: null, prefix: null, isDescending: false }));
  return { ...plain, name: 'PRIMARY', kind: 'primary', parts };
}

function indexOf(table: LiveTable, { name, isUnique, parts, sql }: LiveIndex): IndexStructure {
  const written = sql === null ? null : readIndexSql(sql);
  return {
    ...plain,
    name: sql === null ? [table.name, ...parts.map(({ column }) => column), 'key'].join('_') : name,
    kind: isUnique ? 'unique' : 'plain',
    parts: parts.map(({ column, isDescending }, i) => {
      const expression = column === null ? (written?.parts[i] ?? '') : null;
      return { column, expression, prefix: null, isDescending };
    }),
    predicate: written?.predicate ?? null,
  };
}

/** The foreign keys of a table. SQLite holds rows to them only where the program asks for it, so orphans are to be expected. */
export function foreignKeysOf(catalog: Catalog, table: LiveTable, logical: string): readonly ForeignKeyStructure[] {
  return table.foreignKeys.map((key) => {
    const parent = catalog.tables.find(({ name }) => isSame(name, key.parent));
    const columns = key.columns.map((column) => columnOf(table, column));
    return {
      name: [table.name, ...columns, 'fkey'].join('_'),
      columns,
      parent: nameIn(logical, parent?.name ?? key.parent),
      parentColumns: parentColumns(key, parent),
      onDelete: key.onDelete as ForeignKeyAction,
      onUpdate: key.onUpdate as ForeignKeyAction,
      isValidated: false,
    };
  });
}

function parentColumns(key: LiveForeignKey, parent: LiveTable | undefined): readonly string[] {
  return key.parentColumns.map((column, i) => {
    if (column !== null) return parent === undefined ? column : columnOf(parent, column);
    return parent?.key[i] ?? parent?.nullableKey[i] ?? (key.columns[i] as string);
  });
}

/** The name of a column as its own table writes it. */
function columnOf({ columns }: LiveTable, name: string): string {
  return columns.find((column) => isSame(column.name, name))?.name ?? name;
}

/** SQLite ignores the case of ASCII letters in names. */
function isSame(a: string, b: string): boolean {
  const folded = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return folded(a) === folded(b);
}

/** The checks of a table. One without a name is called by its place. */
export function checksOf({ name: table, sql }: LiveTable): readonly CheckStructure[] {
  return readTableSql(sql).checks.map(({ name, expression }, i) => {
    return { name: name ?? `${table}_check_${i + 1}`, expression, isValidated: true };
  });
}
