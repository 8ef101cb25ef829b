import type { ColumnDefault, IndexPart, IndexStructure, Structure } from '../core/ports/structure.ts';
import { UniqueNames } from './names.ts';
import type { DdlFiles } from './project.ts';
import { quoteName, quoteNames, quoteText } from './sql.ts';
import { columnOf, secondaryIndexes, type TargetColumn, type TargetTable } from './tables.ts';

/** What the DDL leaves behind, by the name of the object: the inventory lists it. */
export type LeftBehind = Map<string, string>;

/**
 * Writes the target's DDL: tables that rows are loaded into, then indexes, then foreign keys. Names of indexes that meet in the
 * target's schema get their table in front.
 *
 * @param leftBehind receives `index table.name`, `default table.column` and their like, with the reason.
 */
export function ddlFiles(
  structure: Structure,
  dialect: string,
  tables: readonly TargetTable[],
  leftBehind: LeftBehind,
): DdlFiles {
  const names = new UniqueNames(tables.map(({ name }) => name));
  const types = dialect === 'postgres' ? typeStatements(structure) : [];
  const create = tables.map((table) => tableStatement(table, dialect, leftBehind));
  const comments = tables.flatMap(commentStatements);
  const indexes = tables.flatMap((table) => indexStatements(table, names, leftBehind));
  const foreignKeys = tables.flatMap(foreignKeyStatements);
  const dropForeignKeys = foreignKeys.map(
    ({ table, name }) => `alter table ${table} drop constraint ${quoteName(name)}`,
  );
  return {
    '001.do.tables.sql': fileOf([...types.map(({ create: sql }) => sql), ...create, ...comments]),
    '001.undo.tables.sql': fileOf([
      ...tables.map(({ name }) => `drop table ${quoteName(name)}`).reverse(),
      ...types.map(({ drop }) => drop).reverse(),
    ]),
    '002.do.indexes.sql': fileOf(indexes.map(({ sql }) => sql)),
    '002.undo.indexes.sql': fileOf(indexes.map(({ name }) => `drop index ${quoteName(name)}`).reverse()),
    '003.do.foreign-keys.sql': fileOf(foreignKeys.map(({ sql }) => sql)),
    '003.undo.foreign-keys.sql': fileOf(dropForeignKeys.reverse()),
  };
}

function fileOf(statements: readonly string[]): string {
  return statements.length === 0 ? 'select;\n' : `${statements.join(';\n')};\n`;
}

/** Enums and sequences, which columns and defaults name. */
function typeStatements({ objects }: Structure): { create: string; drop: string }[] {
  return objects.flatMap(({ kind, name, definition }) => {
    if (definition === null || (kind !== 'enum' && kind !== 'sequence')) return [];
    const bare = quoteName(name.slice(name.indexOf('.') + 1));
    return [{ create: definition, drop: `drop ${kind === 'enum' ? 'type' : 'sequence'} ${bare}` }];
  });
}

function tableStatement(table: TargetTable, dialect: string, leftBehind: LeftBehind): string {
  const columns = table.columns.map((column) => `  ${columnText(table, column, dialect, leftBehind)}`);
  const key = table.source.key.map((name) => columnOf(table, name).name);
  const primary = key.length === 0 ? [] : [`  primary key (${quoteNames(key)})`];
  const checks = [...table.columns.flatMap(labelCheck), ...checkTexts(table, dialect, leftBehind)].map(
    (text) => `  ${text}`,
  );
  return `create table ${quoteName(table.name)} (\n${[...columns, ...primary, ...checks].join(',\n')}\n)`;
}

function columnText(table: TargetTable, column: TargetColumn, dialect: string, leftBehind: LeftBehind): string {
  const { source, held, isRequired, isComputed } = column;
  const parts = [quoteName(column.name), held.type];
  if (isComputed && source.generated !== null) {
    parts.push(
      `generated always as (${source.generated.expression}) ${source.generated.isStored ? 'stored' : 'virtual'}`,
    );
  } else if (source.identity !== null && /^(?:smallint|integer|bigint)$/.test(held.type)) {
    parts.push(`generated ${source.identity === 'always' ? 'always' : 'by default'} as identity`);
  } else if (source.default !== null) {
    const text = defaultText(column, source.default, dialect);
    if (text === null) leftBehind.set(`default ${table.source.name}.${source.name}`, 'an expression of the source');
    else parts.push(`default ${text}`);
  }
  if (isRequired) parts.push('not null');
  return parts.join(' ');
}

/** Null for a default that only the source understands, or that the target's type cannot hold. */
function defaultText({ held }: TargetColumn, initial: ColumnDefault, dialect: string): string | null {
  if (initial.kind === 'now') return 'current_timestamp';
  if (initial.kind === 'expression') return dialect === 'postgres' ? initial.sql : null;
  const { text } = initial;
  if (dialect === 'postgres') return quoteText(text);
  if (held.type === 'boolean') return /^[1t]/.test(text) ? 'true' : 'false';
  if (held.type === 'bytea') return null;
  if (held.type === 'text[]')
    return `${quoteText(`{${text === '' ? '' : text.split(',').map(arrayMember).join(',')}}`)}`;
  if (/^0000-|-00/.test(text) && /^(?:date|timestamp)/.test(held.type)) return null;
  return quoteText(text);
}

function arrayMember(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function labelCheck({ name, held, source }: TargetColumn): string[] {
  if (held.labels === undefined || held.type !== 'text') return [];
  // MySQL keeps a value outside of the list as ''.
  const labels = held.labels.map(quoteText).join(', ');
  return source.type.kind === 'enum' && held.labels.length > 0 ? [`check (${quoteName(name)} in (${labels}))`] : [];
}

function checkTexts({ source }: TargetTable, dialect: string, leftBehind: LeftBehind): string[] {
  return source.checks.flatMap(({ name, expression }) => {
    if (dialect === 'postgres') return [`constraint ${quoteName(name)} check (${expression})`];
    const isJson = /^\(?json_valid\(/i.test(expression);
    leftBehind.set(`check ${source.name}.${name}`, isJson ? 'replaced by jsonb' : 'an expression of the source');
    return [];
  });
}

function commentStatements({ source, name, columns }: TargetTable): string[] {
  const own = source.comment === null ? [] : [`comment on table ${quoteName(name)} is ${quoteText(source.comment)}`];
  const ofColumns = columns.flatMap(({ source: { comment }, name: column }) =>
    comment === null ? [] : [`comment on column ${quoteName(name)}.${quoteName(column)} is ${quoteText(comment)}`],
  );
  return [...own, ...ofColumns];
}

function indexStatements(
  table: TargetTable,
  names: UniqueNames,
  leftBehind: LeftBehind,
): { name: string; sql: string }[] {
  return secondaryIndexes(table).flatMap((index) => {
    const parts = indexParts(table, index);
    if (typeof parts === 'string') {
      leftBehind.set(`index ${table.source.name}.${index.name}`, parts);
      return [];
    }
    const name = names.take(index.name, table.name);
    const unique = index.kind === 'unique' ? 'unique ' : '';
    if (index.definition !== null) {
      const rest = index.definition.slice(index.definition.search(/ ON /i));
      return [{ name, sql: `create ${unique}index ${quoteName(name)}${rest}` }];
    }
    return [
      { name, sql: `create ${unique}index ${quoteName(name)} on ${quoteName(table.name)} (${parts.join(', ')})` },
    ];
  });
}

/** The columns of an index as SQL, or why it stays behind. */
function indexParts(table: TargetTable, { method, parts, definition }: IndexStructure): readonly string[] | string {
  if (definition !== null) return [];
  if (method === 'fulltext') return 'a full-text index; make a GIN index over to_tsvector where it is needed';
  if (method !== 'btree' && method !== 'hash') return `a ${method} index`;
  if (parts.some(({ column }) => column === null)) return 'an index over an expression of the source';
  return parts.map((part) => indexPart(columnOf(table, part.column as string), part));
}

function indexPart({ name, held }: TargetColumn, { prefix, isDescending }: IndexPart): string {
  const column = quoteName(name);
  const direction = isDescending ? ' desc' : '';
  if (prefix === null) return column + direction;
  return held.type === 'bytea'
    ? `substring(${column} from 1 for ${prefix})${direction}`
    : `left(${column}, ${prefix})${direction}`;
}

function foreignKeyStatements(table: TargetTable): { table: string; name: string; sql: string }[] {
  const names = new UniqueNames([]);
  return table.foreignKeys.map(({ source, columns, parent, parentColumns }) => {
    const name = names.take(source.name, table.name);
    const actions = [
      ...(source.onDelete === 'no action' ? [] : [` on delete ${source.onDelete}`]),
      ...(source.onUpdate === 'no action' ? [] : [` on update ${source.onUpdate}`]),
    ];
    const to = `${quoteName(parent)} (${quoteNames(parentColumns)})`;
    const sql = `alter table ${quoteName(table.name)} add constraint ${quoteName(name)} foreign key (${quoteNames(columns)}) references ${to}${actions.join('')}`;
    return { table: quoteName(table.name), name, sql };
  });
}
