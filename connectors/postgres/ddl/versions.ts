import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * The applied versions of the DDL of every target schema, in the schema `waybill`, so that the application's schema holds nothing of waybill.
 * The view shows those of the schema that the session names in `waybill.target_schema`, in the form that postgrator expects.
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
  if (await hasVersions(session))
    await session.rows('delete from waybill.version where target_schema = $1', [schema], 'forget its versions');
}

async function hasVersions(session: Session): Promise<boolean> {
  const [found] = await session.rows('select to_regclass($1) is not null as exists', [versionView]);
  return found?.exists === 't';
}

/** SQL that is true when a schema has tables, functions or types. */
function isFilled(schema: string): string {
  const name = `to_regnamespace(${quoteText(quoteName(schema))})`;
  return `(exists (select from pg_class where relnamespace = ${name}) or exists (select from pg_proc where pronamespace = ${name})
    or exists (select from pg_type where typnamespace = ${name}))`;
}
