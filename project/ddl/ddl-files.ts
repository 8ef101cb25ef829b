import type { ColumnDefault, Structure } from '../../core/ports/structure.ts';
import type { NeededObject } from '../declared-type.ts';
import { UniqueNames } from '../names.ts';
import type { ProjectOptions } from '../options.ts';
import { type GeneratedFiles, schemaFolder } from '../project.ts';
import { columnOf, isIdentity, type TargetColumn, type TargetTable } from '../tables.ts';
import { type Attempt, attemptBlock } from './attempts.ts';
import { foreignKeyStatements, indexStatements } from './indexes.ts';
import { extensionAttempts, laterObjects } from './later-objects.ts';
import type { LeftBehind } from './left-behind.ts';
import { isDivided, partitionStatements } from './partitions.ts';
import { type SourceSql, sourceSql } from './source-sql.ts';
import { quoteName, quoteNames, quoteText } from './sql.ts';
import type { StampedTable } from './stamp.ts';
import { triggerStatements } from './triggers.ts';
import { carriedTypes } from './types.ts';

/** What the DDL is made from, apart from the target's tables. */
interface DdlSource {
  readonly structure: Structure;
  readonly isTargetEngine: boolean;
  readonly options: ProjectOptions;
  readonly stamped: StampedTable | null;
}

/** The DDL, and what it tries to make. */
interface Ddl {
  readonly files: GeneratedFiles;
  readonly attempts: readonly Attempt[];
}

/**
 * Writes the target's DDL: tables that rows are loaded into, then indexes, then foreign keys, then triggers, then
 * what the target may not be able to make. Names of indexes that meet in the target's schema get their table in front.
 *
 * @param leftBehind receives `index table.name`, `default table.column` and their like, with the reason.
 */
export function ddlFiles(
  { structure, isTargetEngine, options, stamped }: DdlSource,
  tables: readonly TargetTable[],
  leftBehind: LeftBehind,
): Ddl {
  const stamps = stamped === null ? [] : [stamped];
  const types = isTargetEngine ? carriedTypes(structure) : neededObjects(tables);
  const extensions = isTargetEngine ? extensionAttempts(structure) : [];
  const partitions = isTargetEngine ? partitionStatements(structure, tables, options) : [];
  const attempts: Attempt[] = [];
  const names = new UniqueNames([
    ...tables.flatMap(({ name }) => [name, `${name}_pkey`]),
    ...stamps.flatMap(({ name }) => [name, `${name}_pkey`]),
    ...types.map(({ name }) => name),
    ...partitions.map(({ name }) => name),
  ]);
  const canRun = sourceSql(isTargetEngine, structure);
  const create = tables.map((table) =>
    tableStatement(table, { isTargetEngine, canRun, leftBehind, attempts, options }),
  );
  const comments = tables.flatMap(commentStatements);
  const indexes = tables.flatMap((table) => indexStatements(table, names, { canRun, leftBehind, attempts, options }));
  const foreignKeys = tables.flatMap(foreignKeyStatements);
  const triggers = tables.flatMap((table) => triggerStatements(table, options, names, leftBehind));
  const dropForeignKeys = foreignKeys.map(
    ({ table, name }) => `alter table ${table} drop constraint ${quoteName(name)}`,
  );
  const later = [...(isTargetEngine ? laterObjects(structure, tables, options, leftBehind) : []), ...attempts];
  const files = {
    [`${schemaFolder}/001.do.tables.sql`]: fileOf([
      ...attemptBlock(extensions),
      ...types.map(({ create: sql }) => sql),
      ...create,
      ...partitions.map(({ create: sql }) => sql),
      ...comments,
      ...stamps.flatMap(({ create: sql }) => sql),
    ]),
    [`${schemaFolder}/001.undo.tables.sql`]: fileOf([
      ...stamps.map(({ name }) => `drop table ${quoteName(name)}`),
      ...tables.map(({ name }) => `drop table ${quoteName(name)}`).reverse(),
      ...types.flatMap(({ drop }) => drop ?? []).reverse(),
    ]),
    [`${schemaFolder}/002.do.indexes.sql`]: fileOf(indexes.map(({ sql }) => sql)),
    [`${schemaFolder}/002.undo.indexes.sql`]: fileOf(indexes.map(({ undo }) => undo).reverse()),
    [`${schemaFolder}/003.do.foreign-keys.sql`]: fileOf(foreignKeys.map(({ sql }) => sql)),
    [`${schemaFolder}/003.undo.foreign-keys.sql`]: fileOf(dropForeignKeys.reverse()),
    [`${schemaFolder}/004.do.triggers.sql`]: fileOf([
      ...triggers.map(({ create: sql }) => sql),
      ...stamps.flatMap(({ insert }) => insert),
    ]),
    [`${schemaFolder}/004.undo.triggers.sql`]: fileOf([
      ...stamps.map(({ name }) => `delete from ${quoteName(name)}`),
      ...triggers.map(({ drop }) => drop).reverse(),
    ]),
    ...laterFiles(later),
  };
  return { files, attempts: [...extensions, ...later] };
}

function laterFiles(later: readonly Attempt[]): GeneratedFiles {
  if (later.length === 0) return {};
  return {
    [`${schemaFolder}/005.do.objects.sql`]: fileOf(attemptBlock(later)),
    [`${schemaFolder}/005.undo.objects.sql`]: fileOf(later.flatMap(({ drop }) => drop ?? []).reverse()),
  };
}

function fileOf(statements: readonly string[]): string {
  return statements.length === 0 ? 'select;\n' : `${statements.join(';\n')};\n`;
}

/** What the columns of the tables name, each once. */
function neededObjects(tables: readonly TargetTable[]): NeededObject[] {
  const needed = tables.flatMap(({ columns }) => columns.flatMap(({ declared }) => declared.needs));
  return [...new Map(needed.map((object) => [object.name, object])).values()];
}

function tableStatement(table: TargetTable, context: Context): string {
  const columns = table.columns.map((column) => `  ${columnText(table, column, context)}`);
  const key = table.source.key.map((name) => columnOf(table, name).name);
  const primary = key.length === 0 ? [] : [`  primary key (${quoteNames(key)})`];
  const checks = [...table.columns.flatMap(declaredChecks), ...checkTexts(table, context)].map((text) => `  ${text}`);
  const divided = isDivided(table, context.options) ? ` partition by ${table.source.partitionedBy}` : '';
  return `create table ${quoteName(table.name)} (\n${[...columns, ...primary, ...checks].join(',\n')}\n)${divided}`;
}

interface Context {
  readonly isTargetEngine: boolean;
  readonly canRun: SourceSql;
  readonly leftBehind: LeftBehind;
  /** Receives what is made after the routines. */
  readonly attempts: Attempt[];
  readonly options: ProjectOptions;
}

function columnText(table: TargetTable, column: TargetColumn, context: Context): string {
  const { source, held, declared, isRequired, isComputed } = column;
  const parts = [quoteName(column.name), declared.type];
  if (isComputed && source.generated !== null) {
    const { expression, isStored } = source.generated;
    parts.push(`generated always as (${expression}) ${isStored ? 'stored' : 'virtual'}`);
  } else if (isIdentity(column)) {
    parts.push(`generated ${source.identity === 'always' ? 'always' : 'by default'} as identity`);
  } else if (source.default !== null) {
    const made = defaultText(table, column, source.default, context);
    if ('why' in made) context.leftBehind.set(`default ${table.source.name}.${source.name}`, made.why);
    else parts.push(`default ${made.sql}`);
  } else if (source.identity !== null) {
    context.leftBehind.set(
      `identity ${table.source.name}.${source.name}`,
      `a column of type ${held.type} does not count`,
    );
  }
  if (isRequired) parts.push('not null');
  return parts.join(' ');
}

/** A default as SQL, or why it stays behind. */
function defaultText(
  table: TargetTable,
  column: TargetColumn,
  initial: ColumnDefault,
  { isTargetEngine, canRun, attempts }: Context,
): { readonly sql: string } | { readonly why: string } {
  if (initial.kind === 'now') return { sql: 'current_timestamp' };
  if (initial.kind === 'expression') {
    const obstacle = canRun(initial.sql, table);
    if (obstacle?.isTried === true) attempts.push(defaultAttempt(table, column, initial.sql));
    return obstacle === null ? { sql: initial.sql } : { why: obstacle.why };
  }
  const { text } = initial;
  const { held, source } = column;
  if (isTargetEngine) return { sql: quoteText(text) };
  if (held.type === 'boolean') return { sql: /^[1t]/.test(text) ? 'true' : 'false' };
  if (held.type === 'text[]') {
    const members = text === '' ? [] : text.split(',').map(arrayMember);
    return { sql: quoteText(`{${members.join(',')}}`) };
  }
  if (
    (held.type === 'bytea' && source.type.kind !== 'bytes') ||
    (/^date|^timestamp/.test(held.type) && /^0000|-00/.test(text))
  )
    return { why: `${held.type} cannot hold it` };
  return { sql: quoteText(text) };
}

function defaultAttempt(table: TargetTable, { name, source }: TargetColumn, sql: string): Attempt {
  const alter = `alter table ${quoteName(table.name)} alter column ${quoteName(name)}`;
  const full = `${table.source.name}.${source.name}`;
  return { kind: 'default', name: full, sql: `${alter} set default ${sql}`, drop: `${alter} drop default` };
}

function arrayMember(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function declaredChecks({ declared }: TargetColumn): string[] {
  return declared.checks.map((condition) => `check (${condition})`);
}

const unheld = { why: 'the source does not hold its rows to it', isTried: false };

function checkTexts(table: TargetTable, { canRun, leftBehind, attempts }: Context): string[] {
  return table.source.checks.flatMap(({ name, expression, isValidated }) => {
    const full = `${table.source.name}.${name}`;
    const obstacle = isValidated ? canRun(expression, table) : unheld;
    if (obstacle === null) return [`constraint ${quoteName(name)} check (${expression})`];
    leftBehind.set(`check ${full}`, /^\(?json_valid\(/i.test(expression) ? 'replaced by jsonb' : obstacle.why);
    const alter = `alter table ${quoteName(table.name)}`;
    if (obstacle.isTried)
      attempts.push({
        ...{ kind: 'check', name: full, sql: `${alter} add constraint ${quoteName(name)} check (${expression})` },
        drop: `${alter} drop constraint if exists ${quoteName(name)}`,
      });
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
