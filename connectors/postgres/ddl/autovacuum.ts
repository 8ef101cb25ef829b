import type { Session } from '../session.ts';

/**
 * Autovacuum and a load get in each other's way: autovacuum rereads a table that keeps growing, and an index or a foreign key
 * waits for it. So it is switched off for the tables of a schema while they are loaded, unless a table has a setting already.
 * Vacuuming that prevents the wraparound of transaction ids still runs.
 */

/** PostgreSQL reads `of` as `off`, and nobody else writes it, so a later process can distinguish it from a user's setting. */
const off = 'of';

/** Only its owner may alter a table. A partitioned table has no such setting, but its partitions do. */
const ownTables = `
  relnamespace = to_regnamespace(current_schema()) and relkind = 'r' and pg_has_role(relowner, 'usage')`;

/** Switches autovacuum off for the tables of the schema that have no setting for it. */
export async function switchOffAutovacuum(session: Session): Promise<void> {
  const isUnset = "coalesce(array_to_string(reloptions, ','), '') !~ '\\mautovacuum_enabled='";
  await session.rows(alterEach(`set (autovacuum_enabled = ${off})`, isUnset), [], 'switch autovacuum off');
}

/** Switches autovacuum on for the tables that `switchOffAutovacuum` switched off, in this or in another process. */
export async function switchOnAutovacuum(session: Session): Promise<void> {
  const isOff = `'autovacuum_enabled=${off}' = any (reloptions)`;
  await session.rows(alterEach('reset (autovacuum_enabled)', isOff), [], 'switch autovacuum on');
}

function alterEach(action: string, which: string): string {
  return `
  do $do$
  declare
    one regclass;
    done integer := 0;
  begin
    for one in select oid from pg_class where ${ownTables} and ${which} loop
      execute format('alter table %s ${action}', one);
      done := done + 1;
      if done % 500 = 0 then
        commit; -- a transaction keeps the lock of each table
      end if;
    end loop;
  end
  $do$`;
}
