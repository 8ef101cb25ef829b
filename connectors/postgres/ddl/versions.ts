import type { LeftBehindObject } from '../../../core/ports/target.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * The applied versions of the DDL of every target schema, in the schema `waybill`, so that the application's schema holds nothing of waybill.
 * `left_behind` has what the DDL tried to make and the server refused. The view shows those of the schema that the session names in `waybill.target_schema`, in the form that postgrator expects.
 */
const tables = `
  create schema if not exists waybill;
  create table if not exists waybill.version (
    target_schema text not null default current_setting('waybill.target_schema'),
    version bigint not null,
    name text,
    md5 text,
    run_at timestamptz,
    primary key (target_schema, version)
  );
  create table if not exists waybill.left_behind (
    target_schema text not null,
    kind text not null,
    name text not null,
    why text not null,
    primary key (target_schema, kind, name)
  );
  create or replace view waybill.schema_version as
    select version, name, md5, run_at from waybill.version
    where target_schema = current_setting('waybill.target_schema');`;

/** The view that postgrator reads and writes. */
export const versionView = 'waybill.schema_version';

/** A lock number that no other program is likely to use: `waybil` in ASCII, and 1. */
const versionsLock = '0x77617962696c01';

/**
 * Prepares a session to migrate one schema: creates the records if they are missing, and the schema. The versions of an empty schema
 * are forgotten: somebody dropped the schema that had them.
 */
export async function beginVersions(session: Session, schema: string): Promise<void> {
  const doing = 'create the schema waybill';
  await session.rows(`select set_config('waybill.target_schema', $1, false)`, [schema]);
  if (!(await hasVersions(session)))
    await session.rows(`begin; select pg_advisory_xact_lock(${BigInt(versionsLock)}); ${tables}; commit`, [], doing);
  const [found] = await session.rows('select to_regnamespace($1) is not null as exists', [quoteName(schema)]);
  if (found?.exists !== 't')
    await session.rows(`create schema ${quoteName(schema)}`, [], `create the schema ${schema}`);
  const forget = `delete from waybill.version where target_schema = $1 and not (${isFilled(schema)})`;
  await session.rows(forget, [schema], 'read its version');
  await session.rows(
    `delete from waybill.left_behind where target_schema = $1 and not (${isFilled(schema)})`,
    [schema],
    'read its version',
  );
}

/** Reads the highest version that is applied to a schema; 0 when the schema is empty or does not exist. */
export async function appliedVersion(session: Session, schema: string): Promise<number> {
  if (!(await hasVersions(session))) return 0;
  const sql = `select coalesce(max(version), 0) as version from waybill.version where target_schema = $1 and ${isFilled(schema)}`;
  const [row] = await session.rows(sql, [schema], 'read its version');
  return Number(row?.version);
}

/** Deletes the versions of a schema that was dropped. */
export async function forgetVersions(session: Session, schema: string): Promise<void> {
  if (!(await hasVersions(session))) return;
  for (const table of ['version', 'left_behind'])
    await session.rows(`delete from waybill.${table} where target_schema = $1`, [schema], 'forget its versions');
}

/** Lists the objects that the DDL of a schema tried to make, and why the server refused each. */
export async function readLeftBehind(session: Session, schema: string): Promise<LeftBehindObject[]> {
  if (!(await hasVersions(session))) return [];
  const sql = 'select kind, name, why from waybill.left_behind where target_schema = $1';
  const rows = await session.rows(sql, [schema], 'read what it left behind');
  return rows.map(({ kind, name, why }) => ({ kind: kind as string, name: name as string, why: why as string }));
}

async function hasVersions(session: Session): Promise<boolean> {
  const sql = `select to_regclass('${versionView}') is not null and to_regclass('waybill.left_behind') is not null as exists`;
  const [found] = await session.rows(sql);
  return found?.exists === 't';
}

/** SQL that is true when a schema has tables, functions or types. */
function isFilled(schema: string): string {
  const name = `to_regnamespace(${quoteText(quoteName(schema))})`;
  return `(exists (select from pg_class where relnamespace = ${name}) or exists (select from pg_proc where pronamespace = ${name})
    or exists (select from pg_type where typnamespace = ${name}))`;
}
