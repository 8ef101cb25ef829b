import { quoteName } from '../names.ts';
import type { Session } from '../session.ts';

const query = `
  with me as (select rolsuper, rolcreaterole from pg_roles where rolname = current_user)
  select current_user as name, current_database() as database,
    to_regnamespace($1) is not null as has_schema, to_regnamespace('waybill') is not null as has_ledger,
    has_database_privilege(current_database(), 'create') as creates_schemas,
    coalesce(has_schema_privilege(to_regnamespace($1)::oid, 'create'), true) as creates_in_schema,
    coalesce(has_schema_privilege(to_regnamespace('waybill')::oid, 'create'), true) as creates_in_ledger,
    $2 = '' or exists (select from pg_roles where rolname = $2) as has_role,
    (select rolsuper or rolcreaterole from me) as creates_roles`;

/**
 * Names what this user lacks to load into a schema, a sentence each with what grants it; empty when nothing is missing.
 * @param role the role that the DDL grants to, which it creates where it is missing; null for none.
 */
export async function missingRights(session: Session, schema: string, role: string | null): Promise<readonly string[]> {
  const [row = {}] = await session.rows(query, [quoteName(schema), role ?? ''], 'look at its rights');
  const is = (name: string): boolean => row[name] === 't';
  const user = row.name ?? '';
  const lacksSchema = !is('has_schema') || !is('has_ledger');
  const grant = `grant create on database ${quoteName(row.database ?? '')} to ${quoteName(user)}`;
  return [
    ...(lacksSchema && !is('creates_schemas') ? [`The user ${user} may not create schemas. Grant it: ${grant}`] : []),
    ...(is('creates_in_schema') ? [] : [`The user ${user} may not create objects in the schema ${schema}.`]),
    ...(is('creates_in_ledger') ? [] : [`The user ${user} may not create objects in the schema waybill.`]),
    ...(is('has_role') || is('creates_roles')
      ? []
      : [`The role ${role} does not exist, and the user ${user} may not create it. Create it: create role ${role}`]),
  ];
}
