import type { CatalogEntry } from '../../../core/ports/target.ts';
import type { SessionPool } from '../session-pool.ts';

/**
 * One query for each kind of object, with its name and definition. A definition contains its schema only where the server
 * always writes it. The name is removed there, so that two schemas of the same DDL have the same catalog.
 */
const queries: readonly string[] = [
  `select 'table ' || c.relname as object,
     concat_ws(', ', case c.relpersistence when 'u' then 'unlogged' end,
       case when c.relkind = 'p' then 'partitioned by ' || pg_get_partkeydef(c.oid) end,
       case when c.relrowsecurity then 'row security' end, case when c.relforcerowsecurity then 'forced' end,
       'inherits ' || nullif(array(select p.inhparent::regclass::text from pg_inherits p where p.inhrelid = c.oid
         order by p.inhseqno)::text, '{}'), pg_get_expr(c.relpartbound, c.oid), case c.relkind when 'f' then 'foreign' end,
       'owner ' || nullif(c.relowner, n.nspowner)::regrole::text,
       'comment ' || quote_literal(obj_description(c.oid, 'pg_class'))) as definition
   from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.oid = $1::regnamespace and c.relkind in ('r', 'p', 'f')`,
  `select 'child ' || i.inhrelid::regclass::text, 'inherits ' || p.relname
   from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_class c on c.oid = i.inhrelid
   where p.relnamespace = $1::regnamespace and c.relnamespace <> p.relnamespace and c.relkind in ('r', 'p', 'f')`,
  `select 'column ' || c.relname || '.' || a.attname,
     concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
       'collate ' || nullif(l.collname, 'default'), 'identity ' || nullif(a.attidentity::text, ''),
       'generated ' || nullif(a.attgenerated::text, ''), 'default ' || pg_get_expr(d.adbin, d.adrelid),
       'comment ' || quote_literal(col_description(c.oid, a.attnum)))
   from pg_attribute a join pg_class c on c.oid = a.attrelid
   left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   left join pg_collation l on l.oid = a.attcollation
   where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped`,
  `select 'constraint ' || coalesce(c.relname, '') || '.' || k.conname,
     pg_get_constraintdef(k.oid) || case when k.convalidated then '' else ' (not validated)' end
       || case when exists (select from pg_trigger t where t.tgconstraint = k.oid and t.tgenabled in ('D', 'R'))
         then ' (disabled)' else '' end
   from pg_constraint k left join pg_class c on c.oid = k.conrelid
   where k.connamespace = $1::regnamespace and (k.contype <> 'n' or not k.convalidated)`,
  `select 'index ' || x.relname, pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' (not valid)' end
   from pg_index i join pg_class x on x.oid = i.indexrelid where x.relnamespace = $1::regnamespace`,
  `select 'policy ' || c.relname || '.' || p.polname,
     concat_ws(' ', p.polcmd, case when p.polpermissive then 'permissive' else 'restrictive' end,
       'to ' || array(select case r when 0 then 'public' else r::regrole::text end from unnest(p.polroles) r order by 1)::text,
       'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
   from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = $1::regnamespace`,
  `select 'view ' || c.relname, pg_get_viewdef(c.oid) from pg_class c
   where c.relnamespace = $1::regnamespace and c.relkind in ('v', 'm')`,
  `select 'sequence ' || c.relname, concat_ws(' ', format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin,
     s.seqmax, s.seqcache, case when s.seqcycle then 'cycle' end)
   from pg_sequence s join pg_class c on c.oid = s.seqrelid where c.relnamespace = $1::regnamespace`,
  `select 'rule ' || c.relname || '.' || r.rulename, pg_get_ruledef(r.oid) || ${firing('r.ev_enabled')} from pg_rewrite r
   join pg_class c on c.oid = r.ev_class where c.relnamespace = $1::regnamespace and r.rulename <> '_RETURN'`,
  `select 'trigger ' || c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || ${firing('t.tgenabled')} from pg_trigger t
   join pg_class c on c.oid = t.tgrelid where c.relnamespace = $1::regnamespace and not t.tgisinternal`,
  `select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', pg_get_functiondef(p.oid)
   from pg_proc p where p.pronamespace = $1::regnamespace and p.prokind in ('f', 'p') and ${isOwn('p.oid')}`,
  `select 'type ' || t.typname, coalesce(array(select e.enumlabel from pg_enum e where e.enumtypid = t.oid
     order by e.enumsortorder)::text, format_type(t.typbasetype, t.typtypmod))
   from pg_type t where t.typnamespace = $1::regnamespace and t.typtype in ('e', 'd') and ${isOwn('t.oid')}`,
  `select 'grant on ' || c.relname, array(select g::text from unnest(c.relacl) g
     where split_part(g::text, '=', 1) <> c.relowner::regrole::text order by 1)::text
   from pg_class c where c.relnamespace = $1::regnamespace and c.relacl is not null`,
  `select 'grant on schema', array(select g::text from unnest(n.nspacl) g
     where split_part(g::text, '=', 1) <> n.nspowner::regrole::text order by 1)::text
   from pg_namespace n where n.oid = $1::regnamespace and n.nspacl is not null`,
];

/** Tells a trigger or rule that does not fire in every ordinary session. */
function firing(state: string): string {
  return `case ${state} when 'D' then ' (disabled)' when 'R' then ' (replica only)' when 'A' then ' (always)' else '' end`;
}

/** Whether an object does not belong to an extension, which is installed once and not in every schema. */
function isOwn(oid: string): string {
  return `not exists (select from pg_depend e where e.objid = ${oid} and e.deptype = 'e')`;
}

/** Lists all objects of a schema by name; null when it does not exist. */
export async function readCatalog(pool: Pick<SessionPool, 'rows'>, schema: string): Promise<CatalogEntry[] | null> {
  const [found] = await pool.rows('select to_regnamespace(quote_ident($1)) is not null as exists', [schema]);
  if (found?.exists !== 't') return null;
  const sql = queries.map((query) => `(${query})`).join('\nunion all\n');
  const rows = await pool.rows(sql, [quoted(schema)], 'list the objects of its schema');
  return (
    rows
      .map(({ object, definition }) => ({ object: object ?? '', definition: withoutSchema(definition ?? '', schema) }))
      // Grants to the owner alone are equal to no grants.
      .filter(({ object, definition }) => !(object.startsWith('grant on ') && definition === '{}'))
      .sort((a, b) => (a.object < b.object ? -1 : 1))
  );
}

function quoted(schema: string): string {
  return `"${schema}"`;
}

/** `aries_next.customers` → `customers`, also for a quoted schema. */
function withoutSchema(definition: string, schema: string): string {
  return definition.replaceAll(`"${schema}".`, '').replace(new RegExp(`\\b${schema}\\.`, 'g'), '');
}
