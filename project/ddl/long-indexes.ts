import type { IndexPart, IndexStructure, TableStructure } from '../../core/ports/structure.ts';

/** A b-tree of PostgreSQL takes rows of 2,704 bytes, a third of a page, with their headers. */
const maxBytes = 2600;
/** Numbers, dates and their like need less; a text without a declared length (SQLite) is taken to be a short one. */
const otherBytes = 16;
/** UTF-8 */
const maxBytesOfCharacter = 4;

/**
 * Whether a row of the index can be longer than a b-tree takes. Whether one is depends on the values and on how well the server
 * compresses them, so the target tries to build such an index. One of a PostgreSQL has already been built.
 */
export function mayBeTooLong(table: TableStructure, { kind, method, definition, parts }: IndexStructure): boolean {
  if (kind === 'primary' || definition !== null || (method !== 'btree' && method !== 'hash')) return false;
  return parts.reduce((bytes, part) => bytes + longestOf(table, part), 0) > maxBytes;
}

function longestOf({ columns }: TableStructure, { column, prefix }: IndexPart): number {
  const type = columns.find(({ name }) => name === column)?.type;
  if (type?.kind !== 'text' && type?.kind !== 'bytes') return otherBytes;
  const declared = type.length ?? Number(/\((\d+)\)/.exec(type.native)?.[1]);
  const length = prefix ?? declared;
  return Number.isNaN(length) ? otherBytes : length * (type.kind === 'text' ? maxBytesOfCharacter : 1);
}

/** The unique keys of a table whose indexes the target builds in any case. */
export function certainlyUnique(table: TableStructure): TableStructure['unique'] {
  const asText = (columns: readonly (string | null)[]): string => columns.toSorted().join('\n');
  const tried = table.indexes.filter((index) => index.kind === 'unique' && mayBeTooLong(table, index));
  const uncertain = new Set(tried.map(({ parts }) => asText(parts.map(({ column }) => column))));
  return table.unique.filter((columns) => !uncertain.has(asText(columns)));
}
