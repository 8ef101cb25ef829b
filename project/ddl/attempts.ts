import type { ObjectKind } from '../../core/model/inventory.ts';
import { quoteText } from './sql.ts';

/** An object that the target may not be able to make, such as a view over a table that stays behind. */
export interface Attempt {
  readonly kind: ObjectKind;
  /** As the inventory has it. */
  readonly name: string;
  readonly sql: string;
  /** Undoes it whether it was made or not; null where nothing has to be undone. */
  readonly drop: string | null;
}

/**
 * SQL that tries to make each object in a savepoint, in this order. What the server refuses is recorded with its sentence in
 * `waybill.left_behind`, which a DDL file that is only tried does not need to have. An error that concerns the server or its
 * resources ends the file.
 *
 * The names of extensions are found at the second try, when their schemas are on the search path too: a view must not read a table of
 * another schema only because its own is missing. Messages of other classes than these can contain cell values.
 */
export function attemptBlock(attempts: readonly Attempt[]): string[] {
  if (attempts.length === 0) return [];
  const rows = attempts.map(
    ({ kind, name, sql }, i) => `(${i + 1}, ${quoteText(kind)}, ${quoteText(name)}, ${dollarQuoted(sql)})`,
  );
  const kinds = [...new Set(attempts.map(({ kind }) => quoteText(kind)))].join(', ');
  return [`do ${dollarQuoted(blockText(rows.join(',\n'), kinds), 'attempts')}`];
}

function blockText(rows: string, kinds: string): string {
  return `
declare
  own text := current_setting('search_path');
  paths text[] := array[own] || (
    select own || ', ' || string_agg(distinct quote_ident(n.nspname), ', ') from pg_extension x join pg_namespace n on n.oid = x.extnamespace
    where n.nspname not in ('pg_catalog', current_schema()));
  tried record;
  path text;
  state text;
  words text;
  context text;
  why text;
begin
  if to_regclass('waybill.left_behind') is not null then
    delete from waybill.left_behind where target_schema = current_schema() and kind in (${kinds});
  end if;
  for tried in select * from (values
${rows}
  ) as t (n, kind, name, sql) order by n loop
    why := null;
    foreach path in array paths loop
      continue when path is null;
      begin
        perform set_config('search_path', path, true);
        execute tried.sql;
        if path <> own and exists (
          select from pg_rewrite r join pg_class v on v.oid = r.ev_class and v.relnamespace = current_schema()::regnamespace
          join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
          join pg_class c on c.oid = d.refobjid and c.relnamespace not in
            (v.relnamespace, 'pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          where strpos(tried.sql, quote_ident(v.relname)) > 0
            and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
        ) then
          raise exception using errcode = '42P01', message = 'it reads a table of another schema';
        end if;
        why := null;
        exit;
      exception when others then
        get stacked diagnostics state = returned_sqlstate, words = message_text, context = pg_exception_context;
        if state <> '58P01' and (state ~ '^(?:08|40|53|57|58|XX)' or state = '55P03') then
          raise;
        end if;
        why := 'SQLSTATE ' || state || case when state ~ '^(?:0A|25|28|2B|3D|3F|42|54|55)'
          and context !~ 'function (?!inline_code_block)' then ', ' || words else '' end;
        exit when state not in ('42704', '42883');
      end;
    end loop;
    perform set_config('search_path', own, true);
    if why is not null and to_regclass('waybill.left_behind') is not null then
      insert into waybill.left_behind (target_schema, kind, name, why)
      values (current_schema(), tried.kind, tried.name, why) on conflict do nothing;
    end if;
  end loop;
end
`;
}

/** Text between dollars that it does not contain. */
function dollarQuoted(text: string, tag = 'sql'): string {
  let own = tag;
  for (let n = 2; text.includes(`$${own}$`); n++) own = `${tag}${n}`;
  return `$${own}$${text}$${own}$`;
}
