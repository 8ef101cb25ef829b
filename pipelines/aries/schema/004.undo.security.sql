-- The reverse of 004.do.security.sql. The role belongs to the whole server: it goes only when no other schema uses it.

do $$
declare
  secured text;
begin
  for secured in
    select c.relname
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    where c.relnamespace = current_schema()::regnamespace and p.polname = 'tenant_isolation'
    order by c.relname
  loop
    execute format('drop policy tenant_isolation on %I', secured);
    execute format('alter table %I no force row level security, disable row level security', secured);
  end loop;

  if exists (select from pg_roles where rolname = 'aries_app') then
    execute format('revoke all on all tables in schema %I from aries_app', current_schema());
    execute format('revoke all on schema %I from aries_app', current_schema());
  end if;
end
$$;

do $$
begin
  drop role if exists aries_app;
exception
  when dependent_objects_still_exist or insufficient_privilege then null;
end
$$;
