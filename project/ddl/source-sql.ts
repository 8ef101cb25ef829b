import type { Structure } from '../../core/ports/structure.ts';
import { mentions, routineName } from './names-in-sql.ts';
import { carriedDomains } from './types.ts';

/** Why SQL of the source cannot be run where tables and indexes are made. */
export interface SqlObstacle {
  readonly why: string;
  /** Whether it can be tried when routines and views are made. */
  readonly isTried: boolean;
}

/** Finds what keeps SQL of the source from running in the target; null when nothing does. */
export type SourceSql = (sql: string, table: NamedTable) => SqlObstacle | null;

/** A table with its names in source and target. */
interface NamedTable {
  readonly source: { readonly name: string };
  readonly name: string;
  readonly columns: readonly { readonly source: { readonly name: string }; readonly name: string }[];
}

/** The names that expressions may use and that are not there when the tables are made. */
export function missingNames(structure: Structure): readonly string[] {
  const domains = carriedDomains(structure);
  return structure.objects
    .filter(
      ({ kind, name }) => kind === 'function' || kind === 'procedure' || (kind === 'domain' && !domains.has(name)),
    )
    .map(({ name }) => routineName(name));
}

/** SQL is carried between servers of one kind, where tables and columns keep their names. */
export function sourceSql(isTargetEngine: boolean, structure: Structure): SourceSql {
  const missing = missingNames(structure);
  return (sql, table) => {
    if (!isTargetEngine) return { why: 'an expression of the source', isTried: false };
    if (isRenamed(table)) return { why: 'an expression with the names of the source', isTried: false };
    const used = missing.find((name) => mentions(sql, name));
    return used === undefined ? null : { why: `it uses ${used}, which is made after the tables`, isTried: true };
  };
}

/** Whether the table or one of its columns has another name in the target. */
export function isRenamed({ source, name, columns }: NamedTable): boolean {
  return !source.name.endsWith(`.${name}`) || columns.some((column) => column.name !== column.source.name);
}
