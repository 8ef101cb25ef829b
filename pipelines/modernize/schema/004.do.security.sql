-- Row-level security as revision 019 of the new application defines it, on the tables that receive legacy rows. It uses the
-- setting app.client_id, applies to application_role only, and is not forced, so the owner is exempt. There is no separate WITH
-- CHECK, so USING decides what may be written. A missing or empty setting shows no rows. user_profiles has row-level security on
-- and no policy for the role, which sees none of its rows. users, engagements, raw_import_records and the rest have none.

do $$
begin
  loop
    begin
      if not exists (select from pg_roles where rolname = 'application_role') then
        create role application_role nologin;
        grant application_role to current_user; -- so that the migrating user can check what the role sees
      end if;
      execute format('grant usage on schema %I to application_role', current_schema());
      execute format('grant select, insert, update, delete on all tables in schema %I to application_role', current_schema());
      exit; -- the grants keep the role from being dropped
    exception
      when duplicate_object or unique_violation or undefined_object then null; -- made or dropped elsewhere just now: look again
    end;
  end loop;
end
$$;

do $$
declare
  secured text;
  tenanted text;
begin
  foreach secured in array array[
    'client_accounts', 'crewai_flow_state_extensions', 'data_imports', 'discovery_flows', 'import_field_mappings', 'assessments',
    'assets', 'user_profiles'
  ]
  loop
    execute format('alter table %I enable row level security', secured);
    if secured <> 'user_profiles' then
      tenanted := case secured when 'client_accounts' then 'id' else 'client_account_id' end;
      execute format(
        'create policy %I on %I for all to application_role'
        ' using (%I = nullif(current_setting(''app.client_id'', true), '''')::uuid)',
        'rls_' || secured || '_tenant_isolation', secured, tenanted
      );
    end if;
    if exists (select from pg_roles where rolname = 'postgres') then
      execute format(
        'create policy %I on %I for all to postgres using (true)', 'rls_' || secured || '_superuser_bypass', secured
      );
    end if;
  end loop;
end
$$;
