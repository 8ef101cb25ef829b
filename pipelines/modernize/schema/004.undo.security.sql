-- The reverse of 004.do.security.sql. The role belongs to the whole server: it goes only when no other schema uses it.

do $$
declare
  policy record;
begin
  for policy in
    select c.relname, p.polname
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    where c.relnamespace = current_schema()::regnamespace and p.polname like 'rls\_%'
    order by c.relname, p.polname
  loop
    execute format('drop policy %I on %I', policy.polname, policy.relname);
    execute format('alter table %I disable row level security', policy.relname);
  end loop;
  alter table user_profiles disable row level security;

  if exists (select from pg_roles where rolname = 'application_role') then
    execute format('revoke all on all tables in schema %I from application_role', current_schema());
    execute format('revoke all on schema %I from application_role', current_schema());
  end if;
end
$$;

do $$
begin
  drop role if exists application_role;
exception
  when dependent_objects_still_exist or insufficient_privilege then null;
end
$$;
