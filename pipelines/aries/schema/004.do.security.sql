-- The application's role sees and changes the rows of one tenant, which the session names in app.tenant_id, and reads the rows
-- that all tenants share. Row-level security is forced, so it also binds the owner of the tables. The catalog finds every table
-- with a tenant_id, because a list could miss one.

do $$
begin
  loop
    begin
      if not exists (select from pg_roles where rolname = 'aries_app') then
        create role aries_app nologin;
        grant aries_app to current_user; -- so that the migrating user can check what the role sees
      end if;
      execute format('grant usage on schema %I to aries_app', current_schema());
      exit; -- the grant keeps the role from being dropped
    exception
      when duplicate_object or unique_violation or undefined_object then null; -- made or dropped elsewhere just now: look again
    end;
  end loop;
end
$$;

do $$
declare
  tenanted text;
begin
  execute format('grant select on all tables in schema %I to aries_app', current_schema());

  for tenanted in
    select c.relname
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    order by c.relname
  loop
    execute format('grant insert, update, delete on %I to aries_app', tenanted);
    execute format('alter table %I enable row level security, force row level security', tenanted);
    execute format(
      'create policy tenant_isolation on %I'
      ' using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)'
      ' with check (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
      tenanted
    );
  end loop;
end
$$;

alter table tenants enable row level security, force row level security;

create policy tenant_isolation on tenants
  using (id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  with check (id = nullif(current_setting('app.tenant_id', true), '')::uuid);
