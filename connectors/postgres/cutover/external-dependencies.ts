import { topologicalSort } from '../../../core/topological-sort.ts';
import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * An object of another schema that depends on a schema by identity instead of by name. When two schemas swap names it would
 * stay with the old one, so it is read with the statements that attach it to the schema that has the name afterwards.
 */
export interface ExternalDependency {
  /** `view report.customers`, as the server describes it. */
  readonly name: string;
  /** Statements that run before anything is renamed. */
  readonly first: readonly string[];
  /** Statements with qualified names that run after the renaming. Null when it cannot be recreated. */
  readonly make: readonly string[] | null;
  /** Statements that run when everything else is done. */
  readonly last: readonly string[];
  /** The view or table to lock, as SQL writes it; null when there is none. */
  readonly lock: string | null;
  /** A query that counts child rows without a parent in `incoming`; null when this is not a foreign key. */
  readonly orphans: string | null;
}

/** Finds dependent objects, also through views of views. A rule counts as its view. `$schema` and `$incoming` are literals. */
const query = `
with recursive inside as materialized (
  select 'pg_class'::regclass::oid as classid, oid as objid from pg_class where relnamespace = to_regnamespace($schema)
  union all
  select 'pg_type'::regclass, oid from pg_type where typnamespace = to_regnamespace($schema)
  union all
  select 'pg_proc'::regclass, oid from pg_proc where pronamespace = to_regnamespace($schema)
), links as materialized (
  select case d.classid when 'pg_rewrite'::regclass then 'pg_class'::regclass::oid else d.classid end as classid,
    coalesce(r.ev_class, d.objid) as objid, d.refclassid, d.refobjid
  from pg_depend d left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
  where d.deptype <> 'i'
), reached (classid, objid) as (
  select classid, objid from inside
  union
  select l.classid, l.objid from reached t join links l on l.refclassid = t.classid and l.refobjid = t.objid
), homes as (
  select r.classid, r.objid, coalesce(c.oid, d.adrelid, k.conrelid, g.tgrelid, p.polrelid, b.prrelid) as relation,
    coalesce(i.indrelid, case when g.tgfoid is not null then g.tgrelid end) as part_of,
    to_regnamespace(quote_ident((pg_identify_object(r.classid, r.objid, 0)).schema)) as own_schema
  from reached r
  left join pg_class c on r.classid = 'pg_class'::regclass and c.oid = r.objid
  left join pg_index i on i.indexrelid = c.oid
  left join pg_attrdef d on r.classid = 'pg_attrdef'::regclass and d.oid = r.objid
  left join pg_constraint k on r.classid = 'pg_constraint'::regclass and k.oid = r.objid
  left join pg_trigger g on r.classid = 'pg_trigger'::regclass and g.oid = r.objid
  left join pg_policy p on r.classid = 'pg_policy'::regclass and p.oid = r.objid
  left join pg_publication_rel b on r.classid = 'pg_publication_rel'::regclass and b.oid = r.objid
), external as (
  select h.* from homes h left join pg_class c on c.oid = h.relation
  where coalesce(c.relnamespace, h.own_schema) is distinct from to_regnamespace($schema)
    and h.classid <> 'pg_publication_rel'::regclass
    and not exists (select from pg_constraint k where k.oid = h.objid and k.conparentid <> 0)
    and not exists (
      select from homes o left join pg_trigger g on h.classid = 'pg_trigger'::regclass and g.oid = h.objid
      left join pg_proc f on f.oid = g.tgfoid
      where o.classid = 'pg_class'::regclass and o.objid = h.part_of and o.objid <> h.objid
        and f.pronamespace is distinct from to_regnamespace($schema))
)
select json_build_object(
  'id', o.classid || ':' || o.objid,
  'name', pg_describe_object(o.classid, o.objid, 0),
  'needs', array(select l.refclassid || ':' || l.refobjid from links l where l.classid = o.classid and l.objid = o.objid),
  'lock', case when c.relkind in ('v', 'r', 'p') then c.oid::regclass::text end,
  'first', case when o.classid = 'pg_class'::regclass and c.relkind = 'm' then array_to_json(
      array[format('alter materialized view %s rename to %I', c.oid::regclass, 'waybill_old_' || c.oid)]
      || array(select format('drop index %s', i.indexrelid::regclass) from pg_index i where i.indrelid = c.oid))
    else '[]'::json end,
  'last', case when c.relkind = 'm' and o.classid = 'pg_class'::regclass
    then json_build_array(format('drop materialized view %I.%I', n.nspname, 'waybill_old_' || c.oid)) else '[]'::json end,
  'make', case
    when o.classid = 'pg_class'::regclass and c.relkind = 'v' then json_build_array(format('create or replace view %s%s as %s',
      c.oid::regclass, ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid)))
    when o.classid = 'pg_class'::regclass and c.relkind = 'm' then array_to_json(
      array[format('create materialized view %s%s as %s with %s', c.oid::regclass,
        ' with (' || array_to_string(c.reloptions, ', ') || ')', rtrim(pg_get_viewdef(c.oid), ';'),
        case when c.relispopulated then 'data' else 'no data' end)]
      || array(select pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid = c.oid)
      || format('alter materialized view %s owner to %I', c.oid::regclass, pg_get_userbyid(c.relowner))
      || array(select format('grant %s on %s to %s%s', a.privilege_type, c.oid::regclass,
          case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
          case when a.is_grantable then ' with grant option' else '' end)
        from aclexplode(c.relacl) a where a.grantee <> c.relowner)
      || array(select format('comment on materialized view %s is %L', c.oid::regclass, obj_description(c.oid, 'pg_class'))
        where obj_description(c.oid, 'pg_class') is not null))
    when k.contype = 'f' then array_to_json(array[
      format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname),
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))]
      || array(select format('comment on constraint %I on %s is %L', k.conname, k.conrelid::regclass,
        obj_description(k.oid, 'pg_constraint')) where obj_description(k.oid, 'pg_constraint') is not null))
    when d.oid is not null and a.attgenerated = '' then json_build_array(
      format('alter table %s alter column %I set default %s', c.oid::regclass, a.attname, pg_get_expr(d.adbin, d.adrelid)))
    when p.oid is not null then json_build_array(format('alter policy %I on %s%s%s', p.polname, c.oid::regclass,
      ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'))
    when f.prosqlbody is not null and f.prokind in ('f', 'p') then json_build_array(pg_get_functiondef(f.oid))
  end,
  'orphans', (select format('select count(*) from %s c where %s and not exists (select from %I.%I p where %s)',
      k.conrelid::regclass, string_agg(format('c.%I is not null', ca.attname), ' and '), $incoming, pc.relname,
      string_agg(format('p.%I = c.%I', pa.attname, ca.attname), ' and '))
    from unnest(k.conkey, k.confkey) as pair (child, parent)
    join pg_attribute ca on ca.attrelid = k.conrelid and ca.attnum = pair.child
    join pg_attribute pa on pa.attrelid = k.confrelid and pa.attnum = pair.parent
    join pg_class pc on pc.oid = k.confrelid
    where k.contype = 'f' and k.convalidated and to_regclass(format('%I.%I', $incoming, pc.relname)) is not null
    group by pc.relname)
)::text as document
from external o
left join pg_class c on c.oid = o.relation
left join pg_namespace n on n.oid = c.relnamespace
left join pg_constraint k on o.classid = 'pg_constraint'::regclass and k.oid = o.objid
left join pg_attrdef d on o.classid = 'pg_attrdef'::regclass and d.oid = o.objid
left join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
left join pg_policy p on o.classid = 'pg_policy'::regclass and p.oid = o.objid
left join pg_proc f on o.classid = 'pg_proc'::regclass and f.oid = o.objid
order by o.classid, o.objid`;

/**
 * Reads the objects of other schemas that depend on `schema`, each after those that it needs itself. The session's search path
 * must be empty, so that every name is qualified.
 */
export async function readExternalDependencies(
  session: Session,
  schema: string,
  incoming: string,
): Promise<ExternalDependency[]> {
  const sql = query.replaceAll('$schema', quoteText(`"${schema}"`)).replaceAll('$incoming', quoteText(incoming));
  const rows = await session.rows(sql, [], `list the external dependencies of ${schema}`);
  const found = rows.map((row) => JSON.parse(row.document as string) as ExternalDependency & Links);
  const byId = new Map(found.map((object) => [object.id, object]));
  const { ordered } = topologicalSort(new Map(found.map(({ id, needs }) => [id, needs])));
  return ordered.map((id) => byId.get(id) as ExternalDependency);
}

interface Links {
  readonly id: string;
  readonly needs: readonly string[];
}
