/**
 * Queries for what must exist before rows are loaded: types, sequences, functions and tables. Each returns a node's `id`, which
 * `edges` uses too, its `object`, the statement that makes it and the one that drops it. The session's search path is the schema,
 * so the server writes its names without it. `$1` is the schema, quoted.
 */
export const baseQueries: readonly string[] = [
  `select 't' || t.oid as id, t.oid::bigint as place, 'type ' || t.typname as object, format('create type %I as enum (%s)', t.typname,
     (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)) as make,
     format('drop type if exists %I cascade', t.typname) as undo
   from pg_type t where t.typnamespace = $1::regnamespace and t.typtype = 'e' and ${isOwn('t.oid')}`,
  `select 't' || t.oid, t.oid::bigint, 'type ' || t.typname, format('create domain %I as %s%s%s%s%s', t.typname,
     format_type(t.typbasetype, t.typtypmod),
     case when t.typcollation <> b.typcollation then ' collate ' || t.typcollation::regcollation::text end,
     ' default ' || t.typdefault, case when t.typnotnull then ' not null' end,
     (select string_agg(format(' constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.oid)
      from pg_constraint k where k.contypid = t.oid and k.contype = 'c')),
     format('drop domain if exists %I cascade', t.typname)
   from pg_type t join pg_type b on b.oid = t.typbasetype
   where t.typnamespace = $1::regnamespace and t.typtype = 'd' and ${isOwn('t.oid')}`,
  `select 'c' || c.oid, c.oid::bigint, 'type ' || c.relname, format('create type %I as (%s)', c.relname,
     (select string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attcollation <> y.typcollation then ' collate ' || a.attcollation::regcollation::text end), ', ' order by a.attnum)
      from pg_attribute a join pg_type y on y.oid = a.atttypid where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)),
     format('drop type if exists %I cascade', c.relname)
   from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'c' and ${isOwn('c.oid')}`,
  `select 'c' || c.oid, c.oid::bigint, 'sequence ' || c.relname, format('create %ssequence %I as %s %s',
     case c.relpersistence when 'u' then 'unlogged ' end, c.relname, format_type(s.seqtypid, null), ${sequenceOptions('s')}),
     format('drop sequence if exists %I cascade', c.relname)
   from pg_sequence s join pg_class c on c.oid = s.seqrelid
   where c.relnamespace = $1::regnamespace and ${isOwn('c.oid')}
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i')`,
  `select 'p' || p.oid, p.oid::bigint, 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
     format('create %s %I%s', lower(w.word), p.proname, substr(pg_get_functiondef(p.oid), length(format('CREATE OR REPLACE %s %I.%I',
       w.word, n.nspname, p.proname)) + 1)),
     format('drop %s if exists %I(%s) cascade', lower(w.word), p.proname, pg_get_function_identity_arguments(p.oid))
   from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   cross join lateral (select case p.prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end as word) w
   where p.pronamespace = $1::regnamespace and p.prokind in ('f', 'p') and ${isOwn('p.oid')}`,
  `select 'c' || c.oid, c.oid::bigint, 'table ' || c.relname, format(E'create %stable %I (\\n%s\\n)%s',
     case c.relpersistence when 'u' then 'unlogged ' end, c.relname, array_to_string(array(${columnTexts()}) || array(
       select format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) from pg_constraint k
       where k.conrelid = c.oid and k.contype in ('p', 'c') and k.convalidated order by k.contype desc, k.oid), E',\\n'),
     ' with (' || (select string_agg(o, ', ') from unnest(c.reloptions) o where o <> 'autovacuum_enabled=of') || ')'),
     format('drop table if exists %I cascade', c.relname)
   from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'r' and ${isOwn('c.oid')}
     and not exists (select from pg_inherits i where c.oid in (i.inhrelid, i.inhparent)) and c.reloftype = 0`,
];

/** A column needs the identity's own sequence under its name. PostgreSQL 18 also names what forbids NULL. */
function columnTexts(): string {
  return `
  select format('  %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attcollation <> y.typcollation then ' collate ' || a.attcollation::regcollation::text end,
    case when a.attgenerated <> '' then format(' generated always as (%s) %s', pg_get_expr(d.adbin, d.adrelid),
        case a.attgenerated when 's' then 'stored' else 'virtual' end)
      when a.attidentity <> '' then format(' generated %s as identity (sequence name %I %s)',
        case a.attidentity when 'a' then 'always' else 'by default' end, q.relname, ${sequenceOptions('s')})
      else ' default ' || pg_get_expr(d.adbin, d.adrelid) end,
    case when nn.conname is not null then format(' constraint %I not null', nn.conname) when a.attnotnull then ' not null' end)
  from pg_attribute a join pg_type y on y.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_constraint nn on nn.conrelid = a.attrelid and nn.contype = 'n' and nn.conkey = array[a.attnum] and nn.convalidated
  left join pg_depend i on i.classid = 'pg_class'::regclass and i.refclassid = 'pg_class'::regclass and i.refobjid = a.attrelid
    and i.refobjsubid = a.attnum and i.deptype = 'i' and a.attidentity <> ''
  left join pg_class q on q.oid = i.objid
  left join pg_sequence s on s.seqrelid = q.oid
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum`;
}

function sequenceOptions(s: string): string {
  return `format('start with %s increment by %s minvalue %s maxvalue %s cache %s%s', ${s}.seqstart, ${s}.seqincrement, ${s}.seqmin,
    ${s}.seqmax, ${s}.seqcache, case when ${s}.seqcycle then ' cycle' end)`;
}

/** Whether an object does not belong to an extension. */
export function isOwn(oid: string): string {
  return `not exists (select from pg_depend e where e.objid = ${oid} and e.deptype = 'e')`;
}

/**
 * Pairs of nodes of which one needs the other. A table needs what its defaults, checks and columns name. A sequence that a column
 * owns does not need the table, since it is given to the column afterwards.
 */
export const edges = `
with nodes (classid, objid, id) as (
  select 'pg_class'::regclass::oid, c.oid, 'c' || c.oid from pg_class c
  where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'v', 'm', 'S', 'c')
  union all
  select 'pg_type'::regclass, t.oid, case when coalesce(e.typrelid, t.typrelid) <> 0 then 'c' || coalesce(e.typrelid, t.typrelid)
    else 't' || coalesce(e.oid, t.oid) end
  from pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
  where t.typnamespace = $1::regnamespace
  union all
  select 'pg_proc'::regclass, p.oid, 'p' || p.oid from pg_proc p where p.pronamespace = $1::regnamespace
  union all
  select 'pg_attrdef'::regclass, d.oid, 'c' || d.adrelid from pg_attrdef d join pg_class c on c.oid = d.adrelid
  where c.relnamespace = $1::regnamespace
  union all
  select 'pg_constraint'::regclass, k.oid, case when k.contypid <> 0 then 't' || k.contypid else 'c' || k.conrelid end
  from pg_constraint k where k.connamespace = $1::regnamespace and k.contype = 'c'
  union all
  select 'pg_rewrite'::regclass, r.oid, 'c' || r.ev_class from pg_rewrite r join pg_class c on c.oid = r.ev_class
  where c.relnamespace = $1::regnamespace and r.rulename = '_RETURN'
)
select distinct one.id as one, needed.id as needed
from pg_depend d
join nodes one on one.classid = d.classid and one.objid = d.objid
join nodes needed on needed.classid = d.refclassid and needed.objid = d.refobjid
where one.id <> needed.id and d.deptype in ('n', 'a')
  and not exists (select from pg_class c where 'c' || c.oid = one.id and c.relkind = 'S')`;
