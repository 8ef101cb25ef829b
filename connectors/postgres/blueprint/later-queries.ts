import { isOwn } from './base-queries.ts';

/**
 * Queries for what is made over the loaded rows, as in `baseQueries`. Undo statements of objects that go with their table are empty.
 */

/** Unique and exclusion constraints, and the indexes of tables, in the order in which they were made. */
export const indexQuery = `
select * from (
  select i.indexrelid::bigint as place, 'index ' || x.relname as object,
    case when k.oid is null then pg_get_indexdef(x.oid, 0, true)
      else format('alter table %I add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) end as make,
    case when k.oid is null then format('drop index if exists %I', x.relname)
      else format('alter table %I drop constraint if exists %I', c.relname, k.conname) end as undo
  from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
  left join pg_constraint k on k.conindid = x.oid and k.contype in ('p', 'u', 'x')
  where c.relnamespace = $1::regnamespace and c.relkind = 'r' and coalesce(k.contype, '') <> 'p' and ${isOwn('c.oid')}
) found order by place`;

/** A constraint that the tool did not validate stays as it is. */
export const foreignKeyQuery = `
select 'constraint ' || c.relname || '.' || k.conname as object,
  format('alter table %I add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) as make,
  format('alter table %I drop constraint if exists %I', c.relname, k.conname) as undo
from pg_constraint k join pg_class c on c.oid = k.conrelid
where k.connamespace = $1::regnamespace and c.relkind = 'r' and (k.contype = 'f' or k.contype = 'c' and not k.convalidated)
order by k.oid`;

/** Views, with the nodes that \`edges\` sorts. */
export const viewQuery = `
select 'c' || c.oid as id, c.oid::bigint as place, 'view ' || c.relname as object,
  format('create %sview %I%s as %s%s', case c.relkind when 'm' then 'materialized ' end, c.relname,
    ' with (' || array_to_string(c.reloptions, ', ') || ')', rtrim(pg_get_viewdef(c.oid), ';'),
    case when c.relkind = 'm' and not c.relispopulated then ' with no data' end) as make,
  format('drop %sview if exists %I cascade', case c.relkind when 'm' then 'materialized ' end, c.relname) as undo
from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('v', 'm') and ${isOwn('c.oid')}`;

/** What belongs to a table or view, in an order in which it can be made. */
export const attachedQueries: readonly string[] = [
  `select 'index ' || x.relname as object, pg_get_indexdef(x.oid, 0, true) as make, '' as undo
   from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
   where c.relnamespace = $1::regnamespace and c.relkind = 'm' and ${isOwn('c.oid')} order by x.oid`,
  `select 'view ' || c.relname || '.' || a.attname as object, format('alter view %I alter column %I set default %s', c.relname, a.attname,
     pg_get_expr(d.adbin, d.adrelid)) as make, '' as undo
   from pg_attrdef d join pg_class c on c.oid = d.adrelid and c.relkind = 'v'
   join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum where c.relnamespace = $1::regnamespace order by d.oid`,
  `select 'statistics ' || s.stxname as object, replace(pg_get_statisticsobjdef(s.oid), format('%I.%I', n.nspname, s.stxname),
     quote_ident(s.stxname)) as make, format('drop statistics if exists %I', s.stxname) as undo
   from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where n.oid = $1::regnamespace order by s.oid`,
  `select 'column ' || c.relname || '.' || a.attname as object, s.make, '' as undo
   from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type y on y.oid = a.atttypid
   cross join lateral (values
     (1, case when a.attstattarget >= 0 then format('alter table %I alter column %I set statistics %s', c.relname, a.attname, a.attstattarget) end),
     (2, format('alter table %I alter column %I set (', c.relname, a.attname) || array_to_string(a.attoptions, ', ') || ')')) s (n, make)
   where c.relnamespace = $1::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and s.make is not null
   order by c.oid, a.attnum, s.n`,
  `select 'table ' || c.relname as object, case when i.indisclustered then format('alter table %I cluster on %I', c.relname, x.relname)
     else format('alter table %I replica identity using index %I', c.relname, x.relname) end as make, '' as undo
   from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
   where c.relnamespace = $1::regnamespace and c.relkind = 'r' and (i.indisclustered or i.indisreplident and c.relreplident = 'i')
   order by x.oid`,
  `select 'table ' || c.relname as object, format('alter table %I replica identity %s', c.relname,
     case c.relreplident when 'f' then 'full' else 'nothing' end) as make, '' as undo
   from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'r' and c.relreplident in ('f', 'n') order by c.oid`,
  `select 'rule ' || c.relname || '.' || r.rulename as object, rtrim(pg_get_ruledef(r.oid, true), ';') || ${firing('rule', 'r.rulename', 'r.ev_enabled')} as make,
     format('drop rule if exists %I on %I', r.rulename, c.relname) as undo
   from pg_rewrite r join pg_class c on c.oid = r.ev_class
   where c.relnamespace = $1::regnamespace and r.rulename <> '_RETURN' and ${isOwn('c.oid')} order by r.oid`,
  `select 'trigger ' || c.relname || '.' || t.tgname as object, pg_get_triggerdef(t.oid, true) || ${firing('trigger', 't.tgname', 't.tgenabled')} as make,
     format('drop trigger if exists %I on %I', t.tgname, c.relname) as undo
   from pg_trigger t join pg_class c on c.oid = t.tgrelid
   where c.relnamespace = $1::regnamespace and not t.tgisinternal and ${isOwn('c.oid')} order by t.oid`,
  `select 'policy ' || c.relname || '.' || p.polname as object, format('create policy %I on %I as %s for %s to %s%s%s', p.polname, c.relname,
     case when p.polpermissive then 'permissive' else 'restrictive' end,
     case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
     (select string_agg(case r when 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ') from unnest(p.polroles) r),
     ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') as make,
     format('drop policy if exists %I on %I', p.polname, c.relname) as undo
   from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = $1::regnamespace order by p.oid`,
  `select 'table ' || c.relname as object, format('alter table %I %s row level security', c.relname, s.word) as make,
     format('alter table %I %s row level security', c.relname, s.undo) as undo
   from pg_class c cross join lateral (values (c.relrowsecurity, 'enable', 'disable'), (c.relforcerowsecurity, 'force', 'no force')) s (yes, word, undo)
   where c.relnamespace = $1::regnamespace and c.relkind = 'r' and s.yes and ${isOwn('c.oid')} order by c.oid, s.word`,
];

/** The statement that makes a trigger or rule fire as it did; none where it fires in every ordinary session. */
function firing(kind: 'trigger' | 'rule', name: string, state: string): string {
  const how = `case ${state} when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end`;
  return `case ${state} when 'O' then '' else format('; alter table %I %s ${kind} %I', c.relname, ${how}, ${name}) end`;
}

/** A sequence goes to the column that owns it once both exist. */
export const ownedSequenceQuery = `
select 'sequence ' || s.relname as object, format('alter sequence %I owned by %I.%I', s.relname, c.relname, a.attname) as make, '' as undo
from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_class c on c.oid = d.refobjid
join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'a'
  and s.relnamespace = $1::regnamespace and c.relkind = 'r' order by s.oid`;

/** How a column is stored decides how its rows are loaded. */
export const storageQuery = `
select 'column ' || c.relname || '.' || a.attname as object, s.make, '' as undo
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type y on y.oid = a.atttypid
cross join lateral (values
  (1, case when a.attstorage <> y.typstorage then format('alter table %I alter column %I set storage %s', c.relname, a.attname,
    case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end) end),
  (2, case when a.attcompression <> '' then format('alter table %I alter column %I set compression %s', c.relname, a.attname,
    case a.attcompression when 'l' then 'lz4' else 'pglz' end) end)) s (n, make)
where c.relnamespace = $1::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and s.make is not null
order by c.oid, a.attnum, s.n`;

/** Comments of everything but the schema, which a cutover copies. */
export const commentQuery = `
select 'comment' as object, format('comment on %s is %L', o.what, d.description) as make, '' as undo
from pg_description d join (
  select 'pg_class'::regclass::oid as classid, c.oid as objid, 0 as part, format('%s %I', case c.relkind when 'v' then 'view' when 'm' then
    'materialized view' when 'S' then 'sequence' when 'i' then 'index' when 'c' then 'type' else 'table' end, c.relname) as what
  from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'v', 'm', 'S', 'i', 'c')
  union all
  select 'pg_class'::regclass, a.attrelid, a.attnum, format('column %I.%I', c.relname, a.attname)
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'v', 'm', 'c') and a.attnum > 0
  union all
  select 'pg_constraint'::regclass, k.oid, 0, format('constraint %I on %s', k.conname,
    coalesce(quote_ident(c.relname), 'domain ' || quote_ident(t.typname)))
  from pg_constraint k left join pg_class c on c.oid = k.conrelid left join pg_type t on t.oid = k.contypid
  where k.connamespace = $1::regnamespace
  union all
  select 'pg_type'::regclass, t.oid, 0, format('type %I', t.typname) from pg_type t
  where t.typnamespace = $1::regnamespace and t.typtype in ('e', 'd')
  union all
  select 'pg_proc'::regclass, p.oid, 0, format('routine %I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) from pg_proc p
  where p.pronamespace = $1::regnamespace and p.prokind in ('f', 'p') and ${isOwn('p.oid')}
  union all
  select 'pg_trigger'::regclass, t.oid, 0, format('trigger %I on %I', t.tgname, c.relname) from pg_trigger t
  join pg_class c on c.oid = t.tgrelid where c.relnamespace = $1::regnamespace and not t.tgisinternal
  union all
  select 'pg_policy'::regclass, p.oid, 0, format('policy %I on %I', p.polname, c.relname) from pg_policy p
  join pg_class c on c.oid = p.polrelid where c.relnamespace = $1::regnamespace
  union all
  select 'pg_rewrite'::regclass, r.oid, 0, format('rule %I on %I', r.rulename, c.relname) from pg_rewrite r
  join pg_class c on c.oid = r.ev_class where c.relnamespace = $1::regnamespace and r.rulename <> '_RETURN'
  union all
  select 'pg_statistic_ext'::regclass, s.oid, 0, format('statistics %I', s.stxname) from pg_statistic_ext s
  where s.stxnamespace = $1::regnamespace
) o on o.classid = d.classoid and o.objid = d.objoid and o.part = d.objsubid
order by o.what collate "C"`;

/** Objects that no statement above makes, and extensions that a renamed schema would take with it. */
export const refusedQuery = `
select 'table ' || c.relname as object, case when c.relkind = 'p' or c.relispartition then 'it is partitioned, or a partition'
  when c.relkind = 'f' then 'it is a foreign table' when c.reloftype <> 0 then 'it is made of a type' else 'it inherits, or is inherited from' end as why
from pg_class c where c.relnamespace = $1::regnamespace and (c.relkind in ('p', 'f') or c.relkind = 'r'
  and (c.reloftype <> 0 or exists (select from pg_inherits i where c.oid in (i.inhrelid, i.inhparent)))) and ${isOwn('c.oid')}
union all
select 'type ' || t.typname, case t.typtype when 'r' then 'it is a range' else 'it is a base type' end from pg_type t
where t.typnamespace = $1::regnamespace and ${isOwn('t.oid')} and (t.typtype = 'r' or t.typtype in ('b', 'p') and t.typcategory <> 'A')
union all
select 'function ' || p.proname, case p.prokind when 'a' then 'it is an aggregate' else 'it is a window function' end from pg_proc p
where p.pronamespace = $1::regnamespace and p.prokind in ('a', 'w') and ${isOwn('p.oid')}
union all
select 'operator ' || o.oprname, 'it is an operator' from pg_operator o where o.oprnamespace = $1::regnamespace and ${isOwn('o.oid')}
union all
select 'collation ' || o.collname, 'it is a collation' from pg_collation o where o.collnamespace = $1::regnamespace and ${isOwn('o.oid')}
union all
select 'text search configuration ' || o.cfgname, 'it is a text search configuration' from pg_ts_config o
where o.cfgnamespace = $1::regnamespace and ${isOwn('o.oid')}
union all
select 'extension ' || e.extname, 'it cannot be moved to another schema' from pg_extension e
where e.extnamespace = $1::regnamespace and not e.extrelocatable
order by 1`;
