import type { Structure } from '../../core/ports/structure.ts';

/** Kinds of object that are not carried, and that expressions may name. */
const missingKinds = ['function', 'procedure', 'domain'];

/** Says why SQL of the source cannot be run in the target; null when it can. */
export type SourceSql = (sql: string, table: NamedTable) => string | null;

/** A table with its names in source and target. */
interface NamedTable {
  readonly source: { readonly name: string };
  readonly name: string;
  readonly columns: readonly { readonly source: { readonly name: string }; readonly name: string }[];
}

/** The names of what stays behind and that expressions may use. */
export function missingNames({ objects }: Structure): readonly string[] {
  return objects
    .filter(({ kind }) => missingKinds.includes(kind))
    .map(({ name }) => name.slice(name.indexOf('.') + 1).replace(/\(.*$/s, ''));
}

/** SQL is carried between servers of one kind, where tables and columns keep their names and all that it calls is carried. */
export function sourceSql(isTargetEngine: boolean, structure: Structure): SourceSql {
  const missing = missingNames(structure);
  return (sql, table) => {
    if (!isTargetEngine) return 'an expression of the source';
    if (isRenamed(table)) return 'an expression with the names of the source';
    const used = missing.find((name) => mentions(sql, name));
    return used === undefined ? null : `it uses ${used}, which stays behind`;
  };
}

/** Whether the table or one of its columns has another name in the target. */
export function isRenamed({ source, name, columns }: NamedTable): boolean {
  return !source.name.endsWith(`.${name}`) || columns.some((column) => column.name !== column.source.name);
}

/** Whether SQL names an object. */
export function mentions(sql: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w"])"?${escaped}"?(?![\\w"])`, 'u').test(sql);
}
