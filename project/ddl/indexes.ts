import type { IndexPart, IndexStructure } from '../../core/ports/structure.ts';
import { UniqueNames } from '../names.ts';
import type { ProjectOptions } from '../options.ts';
import { columnOf, type TargetColumn, type TargetTable } from '../tables.ts';
import type { Attempt } from './attempts.ts';
import type { LeftBehind } from './left-behind.ts';
import { mayBeTooLong } from './long-indexes.ts';
import { isRenamed, type SourceSql } from './source-sql.ts';
import { quoteName, quoteNames } from './sql.ts';

/** What an index depends on besides its table. */
interface IndexContext {
  readonly canRun: SourceSql;
  /** Receives `index table.name` with the reason. */
  readonly leftBehind: LeftBehind;
  /** Receives the indexes that are made after the routines. */
  readonly attempts: Attempt[];
  readonly options: ProjectOptions;
}

/** The statements for the indexes of a table, apart from its primary key. */
export function indexStatements(
  table: TargetTable,
  names: UniqueNames,
  context: IndexContext,
): { readonly sql: string; readonly undo: string }[] {
  return table.source.indexes.flatMap((index) => {
    if (index.kind === 'primary') return [];
    const body = indexBody(table, index, context);
    if (body.why !== undefined) context.leftBehind.set(`index ${table.source.name}.${index.name}`, body.why);
    if (body.sql === undefined) return [];
    const made = indexStatement(table, names.take(index.name, table.name), index, body.sql, body.isConstraint === true);
    if (body.isTried !== true) return [made];
    context.attempts.push({
      kind: 'index',
      name: `${table.source.name}.${index.name}`,
      sql: made.sql,
      drop: made.undo.replace(/^drop index /, 'drop index if exists '),
    });
    return [];
  });
}

function indexStatement(
  table: TargetTable,
  name: string,
  { kind }: IndexStructure,
  body: string,
  isConstraint: boolean,
): { sql: string; undo: string } {
  if (isConstraint) return constraintStatement(table, name, body);
  const unique = kind === 'unique' ? 'unique ' : '';
  return { sql: `create ${unique}index ${quoteName(name)}${body}`, undo: `drop index ${quoteName(name)}` };
}

/** PostgreSQL checks a deferrable unique constraint at the end of the transaction, which a unique index cannot do. */
function constraintStatement(table: TargetTable, name: string, body: string): { sql: string; undo: string } {
  const alter = `alter table ${quoteName(table.name)}`;
  return {
    sql: `${alter} add constraint ${quoteName(name)}${body}`,
    undo: `${alter} drop constraint ${quoteName(name)}`,
  };
}

/** What follows the name of an index, and why it is another one or, without it, stays behind. */
interface IndexBody {
  readonly sql?: string;
  readonly isConstraint?: boolean;
  /** Whether it calls a routine or has long values, and is made after the routines where the target can. */
  readonly isTried?: boolean;
  readonly why?: string;
}

function indexBody(table: TargetTable, index: IndexStructure, { canRun, options }: IndexContext): IndexBody {
  const { method, parts, definition, predicate } = index;
  if (definition !== null && !isRenamed(table)) {
    const obstacle = canRun(definition, table);
    if (obstacle?.isTried === false) return { why: obstacle.why };
    const isConstraint = definition.startsWith('ALTER TABLE');
    return {
      sql: definition.slice(definition.search(isConstraint ? / UNIQUE / : / ON /)),
      isConstraint,
      isTried: obstacle !== null,
    };
  }
  if (method === 'fulltext') return fullTextIndex(table, parts, options);
  if (method !== 'btree' && method !== 'hash') return { why: `a ${method} index` };
  if (predicate !== null || parts.some(({ column }) => column === null))
    return { why: 'an index over an expression of the source' };
  const columns = parts.map((part) => indexPart(columnOf(table, part.column as string), part));
  return { sql: ` on ${quoteName(table.name)} (${columns.join(', ')})`, isTried: mayBeTooLong(table.source, index) };
}

/** The words are taken as they are: MySQL's full-text index knows no language either. */
function fullTextIndex(table: TargetTable, parts: readonly IndexPart[], { fullText }: ProjectOptions): IndexBody {
  if (fullText !== 'gin') return { why: "a full-text index: fullText: 'gin' makes a GIN index" };
  const columns = parts.map(({ column }) => `coalesce(${quoteName(columnOf(table, column as string).name)}, '')`);
  const text = columns.join(" || ' ' || ");
  return {
    sql: ` on ${quoteName(table.name)} using gin (to_tsvector('simple', ${text}))`,
    why: "replaced by a GIN index over to_tsvector('simple', …)",
  };
}

function indexPart({ name, held }: TargetColumn, { prefix, isDescending }: IndexPart): string {
  const column = quoteName(name);
  const direction = isDescending ? ' desc' : '';
  if (prefix === null) return column + direction;
  const part = held.type === 'bytea' ? `substring(${column} from 1 for ${prefix})` : `left(${column}, ${prefix})`;
  return part + direction;
}

const deferrals = { never: '', immediate: ' deferrable', deferred: ' deferrable initially deferred' } as const;

/** The statements for the foreign keys of a table. */
export function foreignKeyStatements(
  table: TargetTable,
): { readonly table: string; readonly name: string; readonly sql: string }[] {
  const names = new UniqueNames([]);
  return table.foreignKeys.map(({ source, columns, parent, parentColumns }) => {
    const name = names.take(source.name, table.name);
    const actions = [
      ...(source.onDelete === 'no action' ? [] : [` on delete ${source.onDelete}`]),
      ...(source.onUpdate === 'no action' ? [] : [` on update ${source.onUpdate}`]),
    ];
    const to = `${quoteName(parent)} (${quoteNames(parentColumns)})`;
    const deferral = deferrals[source.deferrable ?? 'never'];
    const key = `foreign key (${quoteNames(columns)}) references ${to}${actions.join('')}${deferral}`;
    return {
      table: quoteName(table.name),
      name,
      sql: `alter table ${quoteName(table.name)} add constraint ${quoteName(name)} ${key}`,
    };
  });
}
