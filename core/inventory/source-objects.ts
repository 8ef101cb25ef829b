import type { ObjectKind } from '../model/inventory.ts';
import type {
  ColumnStructure,
  ForeignKeyStructure,
  IndexStructure,
  SchemaObject,
  Structure,
  TableStructure,
} from '../ports/structure.ts';

/** One object of a source, with what belongs to it. */
export type SourceObject = { readonly name: string } & (
  | { readonly kind: 'table' | 'check'; readonly table: TableStructure }
  | { readonly kind: 'primary key' | 'index'; readonly table: TableStructure; readonly index: IndexStructure }
  | { readonly kind: 'foreign key'; readonly table: TableStructure; readonly foreignKey: ForeignKeyStructure }
  | {
      readonly kind: 'identity' | 'default' | 'generated column' | 'on update';
      readonly table: TableStructure;
      readonly column: ColumnStructure;
    }
  | { readonly kind: 'comment'; readonly table: TableStructure }
  | { readonly kind: SchemaObject['kind']; readonly object: SchemaObject }
);

/**
 * Lists every object of a structure, by kind and name.
 * @param hasParts whether the parts of a table are objects of their own. Those of a table that is left behind stay with it.
 */
export function sourceObjects(
  { tables, objects }: Structure,
  hasParts: (table: TableStructure) => boolean,
): SourceObject[] {
  const all = [
    ...tables.flatMap((table): SourceObject[] => [
      { kind: 'table', name: table.name, table },
      ...(hasParts(table) ? partsOf(table) : []),
    ]),
    ...objects.map((object): SourceObject => ({ kind: object.kind, name: fullName(object), object })),
  ];
  const keyed = all.map((object) => ({ key: objectKey(object.kind, object.name), object }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ object }) => object);
}

/** Tells objects apart. */
export function objectKey(kind: ObjectKind, name: string): string {
  return `${kind}\0${name}`;
}

/** Grants and the partitions of PostgreSQL are called by the schema already. */
export function fullName({ kind, name, table }: SchemaObject): string {
  if (table === null) return name;
  const schema = table.slice(0, table.indexOf('.') + 1);
  const isFull = (kind === 'grant' || kind === 'partition') && name.startsWith(schema);
  return isFull ? name : `${table}.${name}`;
}

function partsOf(table: TableStructure): SourceObject[] {
  const { name, columns, indexes, foreignKeys, checks, comment } = table;
  return [
    ...columns.flatMap((column) => columnObjects(table, column)),
    ...indexes.map((index): SourceObject => {
      return { kind: index.kind === 'primary' ? 'primary key' : 'index', name: `${name}.${index.name}`, table, index };
    }),
    ...foreignKeys.map((foreignKey): SourceObject => {
      return { kind: 'foreign key', name: `${name}.${foreignKey.name}`, table, foreignKey };
    }),
    ...checks.map((check): SourceObject => ({ kind: 'check', name: `${name}.${check.name}`, table })),
    ...(comment === null ? [] : [{ kind: 'comment', name, table } as const]),
  ];
}

function columnObjects(table: TableStructure, column: ColumnStructure): SourceObject[] {
  const name = `${table.name}.${column.name}`;
  const own = { name, table, column };
  return [
    ...(column.identity === null ? [] : [{ kind: 'identity', ...own } as const]),
    ...(column.default === null ? [] : [{ kind: 'default', ...own } as const]),
    ...(column.generated === null ? [] : [{ kind: 'generated column', ...own } as const]),
    ...(column.isSetOnUpdate ? [{ kind: 'on update', ...own } as const] : []),
    ...(column.comment === null ? [] : [{ kind: 'comment', name, table } as const]),
  ];
}
