import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * Queries for the statements that recreate objects of a schema, by their catalog names, in an order in which they can run. The
 * session's search path must be empty, so that every name is qualified.
 */
const queries: readonly string[] = [
  `select 'type ' || t.typname as object, format('create type %I.%I as enum (%s)', n.nspname, t.typname,
     (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)) as make
   from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typnamespace = $1::regnamespace and t.typtype = 'e'
   order by t.oid`,
  `select 'sequence ' || c.relname as object, format('create sequence %s as %s increment %s minvalue %s maxvalue %s start %s cache %s%s',
     c.oid::regclass, format_type(s.seqtypid, null), s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache,
     case when s.seqcycle then ' cycle' else '' end) as make
   from pg_sequence s join pg_class c on c.oid = s.seqrelid where c.relnamespace = $1::regnamespace order by c.oid`,
  `select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as object, pg_get_functiondef(p.oid) as make
   from pg_proc p where p.pronamespace = $1::regnamespace and p.prokind in ('f', 'p') order by p.oid`,
  `select 'index ' || x.relname as object, pg_get_indexdef(i.indexrelid) as make from pg_index i join pg_class x on x.oid = i.indexrelid
   where x.relnamespace = $1::regnamespace order by x.oid`,
  `select 'constraint ' || c.relname || '.' || k.conname as object, format('alter table %s add constraint %I %s', c.oid::regclass,
     k.conname, pg_get_constraintdef(k.oid)) as make
   from pg_constraint k join pg_class c on c.oid = k.conrelid
   where k.connamespace = $1::regnamespace and k.contype in ('c', 'f', 'x') order by k.oid`,
  `select 'view ' || c.relname as object, format('create view %s%s as %s', c.oid::regclass,
     ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid)) as make
   from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'v' order by c.oid`,
  `select 'rule ' || c.relname || '.' || r.rulename as object, pg_get_ruledef(r.oid)
     || ${firing('rule', 'r.rulename', 'r.ev_enabled')} as make
   from pg_rewrite r join pg_class c on c.oid = r.ev_class
   where c.relnamespace = $1::regnamespace and r.rulename <> '_RETURN' order by r.oid`,
  `select 'trigger ' || c.relname || '.' || t.tgname as object, pg_get_triggerdef(t.oid)
     || ${firing('trigger', 't.tgname', 't.tgenabled')} as make
   from pg_trigger t join pg_class c on c.oid = t.tgrelid
   where c.relnamespace = $1::regnamespace and not t.tgisinternal order by t.oid`,
  `select 'policy ' || c.relname || '.' || p.polname as object, format('create policy %I on %s as %s for %s to %s%s%s', p.polname,
     c.oid::regclass, case when p.polpermissive then 'permissive' else 'restrictive' end,
     case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
     (select string_agg(case r when 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ') from unnest(p.polroles) r),
     ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') as make
   from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = $1::regnamespace order by p.oid`,
];

/** The statement that makes a trigger or rule of table `c` fire as it did; none where it fires in every ordinary session. */
function firing(kind: 'trigger' | 'rule', name: string, state: string): string {
  const how = `case ${state} when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end`;
  return `case ${state} when 'O' then '' else format('; alter table %s %s ${kind} %I', c.oid::regclass, ${how}, ${name}) end`;
}

/** Reads the statements that recreate these objects of `schema`. */
export async function readRecreatedObjects(
  session: Session,
  schema: string,
  objects: readonly string[],
): Promise<string[]> {
  const wanted = new Set(objects);
  const statements: string[] = [];
  if (wanted.size === 0) return statements;
  for (const query of queries) {
    const sql = query.replaceAll('$1', quoteText(`"${schema}"`));
    for (const { object, make } of await session.rows(sql, [], `read the unmanaged objects of ${schema}`)) {
      if (wanted.has(object as string)) statements.push(make as string);
    }
  }
  return statements;
}
