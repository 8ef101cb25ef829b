import type { Session } from '../session.ts';

/**
 * Autovacuum and a load get in each other's way: it reads anew, again and again, a table that goes on growing, and an index
 * or a foreign key waits for it. So it is switched off for the tables of a schema while they are loaded, table by table,
 * where no setting of theirs says something else; what prevents the wraparound of transaction numbers runs all the same.
 */

/** `off` to PostgreSQL, and written by nobody else: the next process too can tell it from a setting of the tables' own. */
const off = 'of';

/** Only an owner may alter a table; a partitioned table has no such setting, its partitions have. */
const ownTables = `
  relnamespace = to_regnamespace(current_schema()) and relkind = 'r' and pg_has_role(relowner, 'usage')`;

export async function switchOffAutovacuum(session: Session): Promise<void> {
  const isUnset = "coalesce(array_to_string(reloptions, ','), '') !~ '\\mautovacuum_enabled='";
  await session.rows(alterEach(`set (autovacuum_enabled = ${off})`, isUnset), [], 'switch autovacuum off');
}

/** Those that `switchOffAutovacuum` switched off, whoever called it. */
export async function switchOnAutovacuum(session: Session): Promise<void> {
  const isOff = `'autovacuum_enabled=${off}' = any (reloptions)`;
  await session.rows(alterEach('reset (autovacuum_enabled)', isOff), [], 'switch autovacuum on');
}

function alterEach(action: string, which: string): string {
  return `
  do $do$
  declare
    one regclass;
  begin
    for one in select oid from pg_class where ${ownTables} and ${which} loop
      execute format('alter table %s ${action}', one);
    end loop;
  end
  $do$`;
}
