import { runParallel } from '../../../core/parallel.ts';
import type { Session } from '../session.ts';
import type { Sessions } from '../session-pool.ts';
import { type ForeignKeyStatement, foreignKeyStatements } from './ddl-statements.ts';
import { anyMark, markOf, onLargeTables, replaced, tryIn } from './parallel-ddl.ts';

/**
 * Adds and checks the foreign keys of large tables in parallel, before the DDL file that contains them runs.
 *
 * Adding a foreign key locks both tables and reads them. So the keys are first added unchecked, one statement after the other,
 * with a comment that marks them. Then several sessions validate them in parallel. In the file, each statement is replaced by
 * the removal of the comment.
 *
 *     add … not valid + comment ──▶ validate, n sessions ──▶ begin; file with `comment on constraint … is null`; commit
 *
 * If a key does not hold, its statement is undone and stays in the file, which reports the error. After a crash the commented
 * keys are reused by the next attempt; on the way down they are dropped first.
 * @returns the SQL that is left to run.
 */
export async function prebuildForeignKeys(sessions: Sessions, text: string): Promise<string> {
  const large = sessions.jobs > 1 ? await onLargeTables(sessions, foreignKeyStatements(text)) : [];
  const wanted = large.length > 1 ? large : [];
  await sessions.use((session) => dropPrebuiltForeignKeys(session, wanted));
  if (wanted.length === 0) return text;
  const having = async (state: State): Promise<ForeignKeyStatement[]> => {
    const states = await readStates(sessions, wanted);
    return wanted.filter((_, i) => states[i] === state);
  };
  for (const one of await having('missing')) await addUnchecked(sessions, one);
  const validations = (await having('unchecked')).map((one) => () => validate(sessions, one));
  await runParallel(validations, sessions.jobs);
  for (const one of await having('unchecked')) await dropKeys(sessions, one);
  return replaced(text, await having('valid'), (one) => comments(one, () => 'null').join('; '));
}

/**
 * Drops the keys that a killed process left, except those of these statements. This is needed before a file that has changed
 * since, and before tables are dropped in an order that ignores foreign keys.
 */
export async function dropPrebuiltForeignKeys(
  session: Session,
  but: readonly ForeignKeyStatement[] = [],
): Promise<void> {
  const kept = but.flatMap(({ keys }) => keys.map(({ sql }) => markOf(sql)));
  const left = await session.rows(
    `select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as sql
     from pg_constraint k join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid
     where k.contype = 'f' and k.connamespace = to_regnamespace(current_schema()) and d.description like $1
       and d.description <> all ($2::text[])`,
    [`${anyMark}%`, kept],
    'look for foreign keys',
  );
  for (const { sql } of left) await session.rows(sql as string, [], 'drop a foreign key');
}

/** The state of a statement's keys: some missing, all added but not all checked, all checked. */
type State = 'missing' | 'unchecked' | 'valid';

async function readStates(sessions: Sessions, wanted: readonly ForeignKeyStatement[]): Promise<State[]> {
  const sql = `
    select coalesce(k.convalidated, false) as valid, obj_description(k.oid, 'pg_constraint') as mark
    from unnest($1::text[], $2::text[]) with ordinality as t (place, name, n)
    left join pg_constraint k on k.conrelid = to_regclass(place) and k.conname = (parse_ident(name))[1]
    order by n`;
  const all = wanted.flatMap(({ table, keys }) => keys.map(({ name }) => ({ table, name })));
  const values = [all.map(({ table }) => table), all.map(({ name }) => name)];
  const rows = [...(await sessions.use((session) => session.rows(sql, values, 'look for foreign keys')))];
  return wanted.map(({ keys }) => {
    const own = rows.splice(0, keys.length);
    if (keys.some((key, i) => own[i]?.mark !== markOf(key.sql))) return 'missing';
    return own.every(({ valid }) => valid === 't') ? 'valid' : 'unchecked';
  });
}

function addUnchecked(sessions: Sessions, one: ForeignKeyStatement): Promise<void> {
  return tryIn(sessions, [
    altered(one, ({ sql }) => `${sql} not valid`),
    ...comments(one, ({ sql }) => `'${markOf(sql)}'`),
  ]);
}

function validate(sessions: Sessions, one: ForeignKeyStatement): Promise<void> {
  return tryIn(sessions, [altered(one, ({ name }) => `validate constraint ${name}`)]);
}

function dropKeys(sessions: Sessions, one: ForeignKeyStatement): Promise<void> {
  return tryIn(sessions, [altered(one, ({ name }) => `drop constraint ${name}`)]);
}

type Key = ForeignKeyStatement['keys'][number];

function altered({ table, keys }: ForeignKeyStatement, action: (key: Key) => string): string {
  return `alter table ${table} ${keys.map(action).join(', ')}`;
}

function comments({ table, keys }: ForeignKeyStatement, text: (key: Key) => string): string[] {
  return keys.map((key) => `comment on constraint ${key.name} on ${table} is ${text(key)}`);
}
