import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * What is copied from the old schema to the new one, for objects of the same name. Owners come first, since a change of owner
 * rewrites the grants. Each query returns statements. `$old` and `$new` are schemas.
 */
const ownersAndGrants: readonly string[] = [
  `select format('alter %s %s owner to %I', case n.relkind when 'v' then 'view' when 'm' then 'materialized view'
       when 'S' then 'sequence' else 'table' end, n.oid::regclass, pg_get_userbyid(o.relowner))
   from pg_class o join pg_class n on n.relname = o.relname and n.relkind = o.relkind
   where o.relnamespace = $old and n.relnamespace = $new and n.relowner <> o.relowner and n.relkind in ('r', 'p', 'v', 'm', 'S')
     and not exists (select from pg_depend d where d.objid = n.oid and d.deptype in ('a', 'i') and n.relkind = 'S')`,
  `select format('alter routine %s owner to %I', n.oid::regprocedure, pg_get_userbyid(o.proowner))
   from pg_proc o join pg_proc n on n.proname = o.proname
     and pg_get_function_identity_arguments(n.oid) = pg_get_function_identity_arguments(o.oid)
   where o.pronamespace = $old and n.pronamespace = $new and n.proowner <> o.proowner`,
  `select format('alter type %s owner to %I', n.oid::regtype, pg_get_userbyid(o.typowner))
   from pg_type o join pg_type n on n.typname = o.typname and n.typtype = o.typtype
   left join pg_class c on c.oid = n.typrelid
   where o.typnamespace = $old and n.typnamespace = $new and n.typowner <> o.typowner
     and (n.typtype in ('e', 'd') or n.typtype = 'c' and c.relkind = 'c')`,
  `select format('alter schema %s owner to %I', n.oid::regnamespace, pg_get_userbyid(o.nspowner))
   from pg_namespace o, pg_namespace n where o.oid = $old and n.oid = $new and n.nspowner <> o.nspowner`,
  grantsOf(
    `'schema ' || n.oid::regnamespace`,
    'pg_namespace o join pg_namespace n on o.oid = $old and n.oid = $new',
    'nspacl',
    'o.nspowner',
  ),
  grantsOf(
    `case n.relkind when 'S' then 'sequence ' else 'table ' end || n.oid::regclass`,
    `pg_class o join pg_class n on n.relname = o.relname and n.relkind = o.relkind
       and o.relnamespace = $old and n.relnamespace = $new`,
    'relacl',
    'o.relowner',
  ),
  grantsOf(
    `'routine ' || n.oid::regprocedure`,
    `pg_proc o join pg_proc n on n.proname = o.proname and o.pronamespace = $old and n.pronamespace = $new
       and pg_get_function_identity_arguments(n.oid) = pg_get_function_identity_arguments(o.oid)`,
    'proacl',
    'o.proowner',
  ),
  grantsOf(
    `'type ' || n.oid::regtype`,
    `pg_type o join pg_type n on n.typname = o.typname and o.typtype in ('e', 'd')
       and o.typnamespace = $old and n.typnamespace = $new`,
    'typacl',
    'o.typowner',
  ),
  `select format('grant %s (%I) on table %s to %s%s', a.privilege_type, na.attname, n.oid::regclass, ${granteeName()}, ${option()})
   from pg_class o join pg_class n on n.relname = o.relname and o.relnamespace = $old and n.relnamespace = $new
   join pg_attribute oa on oa.attrelid = o.oid and oa.attacl is not null
   join pg_attribute na on na.attrelid = n.oid and na.attname = oa.attname, aclexplode(oa.attacl) a
   where not exists (select from aclexplode(na.attacl) b where b.grantee = a.grantee and b.privilege_type = a.privilege_type)`,
  `select format('alter default privileges for role %I in schema %s grant %s on %s to %s%s', pg_get_userbyid(o.defaclrole),
     $new::oid::regnamespace, a.privilege_type,
     case o.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'routines' else 'types' end,
     ${granteeName()}, ${option()})
   from pg_default_acl o, aclexplode(o.defaclacl) a where o.defaclnamespace = $old`,
  `select format('comment on schema %s is %L', $new::oid::regnamespace, obj_description($old, 'pg_namespace'))
   where obj_description($old, 'pg_namespace') is not null and obj_description($new, 'pg_namespace') is null`,
  `select format('comment on %s %s is %L', case n.relkind when 'v' then 'view' when 'm' then 'materialized view'
       when 'S' then 'sequence' when 'i' then 'index' else 'table' end, n.oid::regclass, d.description)
   from pg_class o join pg_class n on n.relname = o.relname and n.relkind = o.relkind
   join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = o.oid and d.objsubid = 0
   where o.relnamespace = $old and n.relnamespace = $new and n.relkind in ('r', 'p', 'v', 'm', 'S', 'i')
     and obj_description(n.oid, 'pg_class') is null`,
  `select format('comment on column %s.%I is %L', n.oid::regclass, na.attname, d.description)
   from pg_class o join pg_class n on n.relname = o.relname and n.relkind = o.relkind
   join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = o.oid and d.objsubid > 0
   join pg_attribute oa on oa.attrelid = o.oid and oa.attnum = d.objsubid
   join pg_attribute na on na.attrelid = n.oid and na.attname = oa.attname
   where o.relnamespace = $old and n.relnamespace = $new and n.relkind in ('r', 'p', 'v', 'm')
     and col_description(n.oid, na.attnum) is null`,
  `select format('alter table %s replica identity %s', n.oid::regclass, case o.relreplident when 'f' then 'full' else 'nothing' end)
   from pg_class o join pg_class n on n.relname = o.relname and n.relkind = o.relkind
   where o.relnamespace = $old and n.relnamespace = $new and o.relreplident in ('f', 'n') and n.relreplident <> o.relreplident`,
];

/** What is copied in both directions, on rollback too: publications and the values of sequences. */
const publicationsAndSequences: readonly string[] = [
  publishedTables(''),
  `select format('select setval(%L, %s)', n.oid::regclass, pg_sequence_last_value(o.oid))
   from pg_class o join pg_class n on n.relname = o.relname and n.relkind = 'S' and n.relnamespace = $new
   join pg_sequence q on q.seqrelid = n.oid
   where o.relkind = 'S' and o.relnamespace = $old and q.seqincrement > 0
     and pg_sequence_last_value(o.oid) > coalesce(pg_sequence_last_value(n.oid), q.seqmin - 1)`,
];

/** The same for PostgreSQL 15 and later, where publications can have whole schemas, column lists and row filters. */
const publicationsAndSequencesSince15: readonly string[] = [
  publishedTables(`|| coalesce(' (' || (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
     where a.attrelid = o.oid and a.attnum = any (r.prattrs)) || ')', '')
     || coalesce(' where (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')`),
  `select format('alter publication %I drop tables in schema %s', p.pubname, $old::oid::regnamespace)
   from pg_publication_namespace s join pg_publication p on p.oid = s.pnpubid where s.pnnspid = $old
   union all
   select format('alter publication %I add tables in schema %s', p.pubname, $new::oid::regnamespace)
   from pg_publication_namespace s join pg_publication p on p.oid = s.pnpubid where s.pnnspid = $old`,
  publicationsAndSequences[1] as string,
];

function publishedTables(limits: string): string {
  return `
   select format('alter publication %I drop table %s', p.pubname, o.oid::regclass) from pg_publication_rel r
   join pg_publication p on p.oid = r.prpubid join pg_class o on o.oid = r.prrelid where o.relnamespace = $old
   union all
   select format('alter publication %I add table %s', p.pubname, n.oid::regclass) ${limits}
   from pg_publication_rel r join pg_publication p on p.oid = r.prpubid join pg_class o on o.oid = r.prrelid
   join pg_class n on n.relname = o.relname and n.relkind = o.relkind and n.relnamespace = $new where o.relnamespace = $old`;
}

function granteeName(): string {
  return `case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end`;
}

function option(): string {
  return `case when a.is_grantable then ' with grant option' else '' end`;
}

/** The grants that the old object has and the new one lacks. */
function grantsOf(what: string, pairs: string, acl: string, owner: string): string {
  return `select format('grant %s on %s to %s%s', a.privilege_type, ${what}, ${granteeName()}, ${option()})
   from ${pairs}, aclexplode(o.${acl}) a
   where a.grantee <> ${owner} and not exists (select from aclexplode(n.${acl}) b
     where b.grantee = a.grantee and b.privilege_type = a.privilege_type and (b.is_grantable or not a.is_grantable))`;
}

/** Copies owners, grants and comments from `old`, which had the name before, to `schema`. */
export async function copyOwnersAndGrants(session: Session, old: string, schema: string): Promise<void> {
  await runAll(session, ownersAndGrants, old, schema);
}

/** Moves publications from `old` to `schema`, and continues its sequences there. */
export async function copyPublicationsAndSequences(session: Session, old: string, schema: string): Promise<void> {
  const [row] = await session.rows(`select to_regclass('pg_publication_namespace') is not null as known`);
  await runAll(session, row?.known === 't' ? publicationsAndSequencesSince15 : publicationsAndSequences, old, schema);
}

async function runAll(session: Session, queries: readonly string[], old: string, schema: string): Promise<void> {
  const oidOf = (name: string): string => `${quoteText(`"${name}"`)}::regnamespace`;
  for (const query of queries) {
    const sql = query.replaceAll('$old', oidOf(old)).replaceAll('$new', oidOf(schema));
    for (const row of await session.rows(sql, [], `compare ${schema} with the schema before it`)) {
      const statement = Object.values(row)[0] as string;
      await session.rows(statement, [], 'copy owners, grants, publications and sequences');
    }
  }
}
