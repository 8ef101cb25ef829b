/**
 * One query for each kind of object. Each selects `kind`, `schema`, `name`, the schema and name of the table that the object
 * belongs to, and `definition`; some also `obstacle`, why the definition cannot be run elsewhere. `$1` is the list of schemas. An
 * object of an extension comes with the extension.
 */

const inSchemas = 'n.nspname = any ($1::text[])';

/** Whether an object of this catalog does not belong to an extension. */
function isOwn(catalog: string, oid: string): string {
  return `not exists (${dependencies(catalog, oid, 'e')})`;
}

/** Selects what an object depends on in this way, as `pg_depend` notes it. */
function dependencies(catalog: string, oid: string, way: 'e' | 'i'): string {
  return `select from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${oid} and e.deptype = '${way}'`;
}

/** Selects objects of a schema, without a table. */
function free(kind: string, name: string, definition: string, obstacle = 'null'): string {
  return `select ${kind} as kind, n.nspname as schema, ${name} as name, null as table_schema, null as "table",
    ${definition} as definition, ${obstacle} as obstacle`;
}

/** Selects objects that belong to the table `c` in the schema `n`. */
function owned(kind: string, name: string, definition: string): string {
  return `select ${kind} as kind, n.nspname as schema, ${name} as name, n.nspname as table_schema, c.relname as "table",
    ${definition} as definition`;
}

const relations = `from pg_class c join pg_namespace n on n.oid = c.relnamespace`;
const storage = `coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')`;

/** The indexes of a materialized view are a part of its definition, and so is that it is filled. */
const views = `${free(
  `case c.relkind when 'm' then 'materialized view' else 'view' end`,
  'c.relname',
  `case c.relkind when 'v' then format(E'CREATE VIEW %I%s AS\\n%s', c.relname, ${storage}, pg_get_viewdef(c.oid))
    else format(E'CREATE MATERIALIZED VIEW %I%s AS\\n%s\\n  WITH NO DATA;', c.relname, ${storage}, rtrim(pg_get_viewdef(c.oid), ';'))
      || coalesce((select string_agg(E'\\n' || pg_get_indexdef(i.indexrelid) || ';', '' order by i.indexrelid)
        from pg_index i where i.indrelid = c.oid), '')
      || case when c.relispopulated then format(E'\\nREFRESH MATERIALIZED VIEW %I;', c.relname) else '' end end`,
)}
${relations} where ${inSchemas} and c.relkind in ('v', 'm') and ${isOwn('pg_class', 'c.oid')}`;

/** The server prints no definition of an aggregate. Null for those that sort their rows or have a second way for windows. */
const aggregateDefinition = `(select format('CREATE AGGREGATE %I.%I(%s) (%s)', n.nspname, p.proname,
    case p.pronargs when 0 then '*' else pg_get_function_identity_arguments(p.oid) end,
    concat_ws(', ', 'SFUNC = ' || a.aggtransfn::regproc, 'STYPE = ' || format_type(a.aggtranstype, null),
      'SSPACE = ' || nullif(a.aggtransspace, 0), 'FINALFUNC = ' || nullif(a.aggfinalfn::oid, 0)::regproc,
      case when a.aggfinalextra then 'FINALFUNC_EXTRA' end, 'COMBINEFUNC = ' || nullif(a.aggcombinefn::oid, 0)::regproc,
      'INITCOND = ' || quote_literal(a.agginitval),
      case p.proparallel when 's' then 'PARALLEL = SAFE' when 'r' then 'PARALLEL = RESTRICTED' end))
  from pg_aggregate a where a.aggfnoid = p.oid and a.aggkind = 'n' and a.aggmtransfn::oid = 0 and a.aggserialfn::oid = 0
    and a.aggsortop = 0)`;

/** The functions that make a range belong to its type. */
const routines = `${free(
  `case p.prokind when 'p' then 'procedure' else 'function' end`,
  `format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid))`,
  `case when p.prokind = 'a' then ${aggregateDefinition} else pg_get_functiondef(p.oid) end`,
  `case when p.prokind <> 'a' and l.lanname not in ('sql', 'plpgsql') then 'its language is ' || l.lanname end`,
)}
from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang where ${inSchemas} and ${isOwn('pg_proc', 'p.oid')} and not exists (${dependencies('pg_proc', 'p.oid', 'i')})`;

/** The statement for a trigger or rule that does not fire in every ordinary session. */
function firing(what: string, name: string, state: string): string {
  const how = `case ${state} when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' when 'A' then 'ENABLE ALWAYS' end`;
  return `coalesce(format(E';\\nALTER TABLE %I ' || ${how} || ' ${what} %I', c.relname, ${name}), '')`;
}

/** A trigger of a partitioned table has a copy on each partition, which PostgreSQL 12 calls internal. */
const triggers = `${owned(`'trigger'`, 't.tgname', `pg_get_triggerdef(t.oid) || ${firing('TRIGGER', 't.tgname', 't.tgenabled')}`)}
${relations} join pg_trigger t on t.tgrelid = c.oid
where ${inSchemas} and not t.tgisinternal and coalesce(to_jsonb(t) ->> 'tgparentid', '0') = '0'`;

const sequences = `${free(
  `'sequence'`,
  'c.relname',
  `format('CREATE SEQUENCE %I AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s%s', c.relname,
    format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
    case when s.seqcycle then ' CYCLE' end)`,
)}
${relations} join pg_sequence s on s.seqrelid = c.oid
where ${inSchemas} and ${isOwn('pg_class', 'c.oid')} and not exists (
  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i'))`;

/** The locale of an ICU or builtin collation has another column in PostgreSQL 12 to 14, 15 and 16, and 17. */
const locale = `coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale', l.collcollate)`;

const collations = `${free(
  `'collation'`,
  'l.collname',
  `format('CREATE COLLATION %I (PROVIDER = %s, %s, DETERMINISTIC = %s)', l.collname,
    case l.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
    case l.collprovider when 'c' then format('LC_COLLATE = %L, LC_CTYPE = %L', l.collcollate, l.collctype)
      else format('LOCALE = %L', ${locale}) end, case when l.collisdeterministic then 'true' else 'false' end)`,
)}
from pg_collation l join pg_namespace n on n.oid = l.collnamespace where ${inSchemas} and ${isOwn('pg_collation', 'l.oid')}`;

const enums = `${free(
  `'enum'`,
  't.typname',
  `format('CREATE TYPE %I AS ENUM (%s)', t.typname, (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
    from pg_enum e where e.enumtypid = t.oid))`,
)}
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where ${inSchemas} and t.typtype = 'e' and ${isOwn('pg_type', 't.oid')}`;

const domains = `${free(
  `'domain'`,
  't.typname',
  `concat_ws(' ', format('CREATE DOMAIN %I AS %s', t.typname, format_type(t.typbasetype, t.typtypmod)),
    'COLLATE ' || (select quote_ident(l.collname) from pg_collation l where l.oid = t.typcollation and l.collname <> 'default'),
    'DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), case when t.typnotnull then 'NOT NULL' end,
    (select string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), ' ' order by k.conname)
      from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))`,
  `(select 'the source does not hold its values to ' || string_agg(k.conname, ', ') from pg_constraint k
    where k.contypid = t.oid and k.contype = 'c' and not k.convalidated)`,
)}
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where ${inSchemas} and t.typtype = 'd' and ${isOwn('pg_type', 't.oid')}`;

/** Composite and range types. Each table has a composite type of its own, which is not an object. */
const types = `${free(
  `'type'`,
  't.typname',
  `case t.typtype when 'c' then format('CREATE TYPE %I AS (%s)', t.typname,
      (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
        from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped))
    when 'r' then format('CREATE TYPE %I AS RANGE (SUBTYPE = %s)', t.typname,
      (select format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid)) end`,
)}
from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
where ${inSchemas} and (t.typtype = 'r' or c.relkind = 'c' or (t.typtype = 'b' and t.typcategory <> 'A'))
  and ${isOwn('pg_type', 't.oid')}`;

/** An extension belongs to the database. */
const extensions = `select 'extension' as kind, null as schema, x.extname as name, null as table_schema, null as "table",
  case when n.nspname = any ($1::text[] || '{public,pg_catalog}') then format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA public', x.extname)
    else format('CREATE SCHEMA IF NOT EXISTS %2$I; CREATE EXTENSION IF NOT EXISTS %1$I SCHEMA %2$I', x.extname, n.nspname) end as definition
from pg_extension x join pg_namespace n on n.oid = x.extnamespace where x.extname <> 'plpgsql' and cardinality($1::text[]) > 0`;

const commands = `case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end`;
const roles = `array_to_string(array(select case r when 0 then 'PUBLIC' else pg_get_userbyid(r)::text end
  from unnest(p.polroles) r order by 1), ', ')`;

const policies = `${owned(
  `'policy'`,
  'p.polname',
  `concat_ws(' ', format('CREATE POLICY %I ON %I AS %s FOR %s TO %s', p.polname, c.relname,
      case when p.polpermissive then 'PERMISSIVE' else 'RESTRICTIVE' end, ${commands}, ${roles}),
    'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', 'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')`,
)}
${relations} join pg_policy p on p.polrelid = c.oid where ${inSchemas}`;

/** Without a policy, row-level security hides all rows from everybody but the owner. */
const rowSecurity = `${owned(
  `'policy'`,
  `'row level security'`,
  `concat_ws(E'\\n', case when c.relrowsecurity then format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY;', c.relname) end,
    case when c.relforcerowsecurity then format('ALTER TABLE %I FORCE ROW LEVEL SECURITY;', c.relname) end)`,
)}
${relations} where ${inSchemas} and (c.relrowsecurity or c.relforcerowsecurity)`;

const rules = `${owned(`'rule'`, 'r.rulename', `pg_get_ruledef(r.oid) || ${firing('RULE', 'r.rulename', 'r.ev_enabled')}`)}
${relations} join pg_rewrite r on r.ev_class = c.oid where ${inSchemas} and r.rulename <> '_RETURN'`;

/** A key without overlaps (PostgreSQL 18) is an exclusion constraint too. */
const exclusions = `${owned(`'exclusion constraint'`, 'k.conname', 'pg_get_constraintdef(k.oid)')}
${relations} join pg_constraint k on k.conrelid = c.oid join pg_index i on i.indexrelid = k.conindid
where ${inSchemas} and k.contype in ('x', 'p', 'u') and i.indisexclusion and not c.relispartition`;

/** A partition is listed where it or its table is read. */
const partitions = `select 'partition' as kind, cn.nspname as schema, c.relname as name, n.nspname as table_schema,
  p.relname as "table", concat_ws(' ', format('CREATE TABLE %I PARTITION OF %I', c.relname, p.relname),
    pg_get_expr(c.relpartbound, c.oid), 'PARTITION BY ' || pg_get_partkeydef(c.oid)) as definition
from pg_inherits i
join pg_class c on c.oid = i.inhrelid and c.relispartition and c.relkind in ('r', 'p', 'f')
join pg_namespace cn on cn.oid = c.relnamespace
join pg_class p on p.oid = i.inhparent
join pg_namespace n on n.oid = p.relnamespace
where ${inSchemas} or cn.nspname = any ($1::text[])`;

const foreignTables = `${free(
  `'foreign table'`,
  'c.relname',
  `format('CREATE FOREIGN TABLE %I (%s) SERVER %I%s', c.relname,
    (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), s.srvname,
    (select format(' OPTIONS (%s)', string_agg(format('%I %L', o.option_name, o.option_value), ', '))
      from pg_options_to_table(f.ftoptions) o having count(*) > 0))`,
)}
${relations} join pg_foreign_table f on f.ftrelid = c.oid join pg_foreign_server s on s.oid = f.ftserver
where ${inSchemas} and not c.relispartition and ${isOwn('pg_class', 'c.oid')}`;

/** Grants to others than the owner, those on columns included. */
const grants = `select 'grant' as kind, g.schema, g.name, g.schema as table_schema, g.name as "table",
  string_agg(format('GRANT %s ON %s%I TO %s%s;', g.privileges, g.target, g.name, g.role,
    case when g.is_grantable then ' WITH GRANT OPTION' end), E'\\n' order by g.role, g.is_grantable) as definition
from (
  select n.nspname as schema, c.relname as name, case c.relkind when 'S' then 'SEQUENCE ' else '' end as target, a.is_grantable,
    case a.grantee when 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(a.grantee)) end as role,
    string_agg(a.privilege_type || coalesce(' (' || quote_ident(l.attname) || ')', ''), ', ' order by a.privilege_type, l.attname) as privileges
  ${relations}
  cross join lateral (
    select null::name as attname, c.relacl as acl
    union all
    select b.attname, b.attacl from pg_attribute b where b.attrelid = c.oid and b.attacl is not null
  ) l
  cross join lateral aclexplode(l.acl) a
  where ${inSchemas} and a.grantee <> c.relowner and ${isOwn('pg_class', 'c.oid')}
  group by n.nspname, c.relname, c.relkind, a.grantee, a.is_grantable
) g
group by g.schema, g.name`;

export const objectQueries: readonly string[] = [
  ...[views, routines, triggers, sequences, collations, enums, domains, types, extensions],
  ...[policies, rowSecurity, rules, exclusions, partitions, foreignTables, grants],
];
