import { WaybillError } from '../../../core/model/errors.ts';
import type { RowSecurityFacts, RowSecurityProbe } from '../../../core/ports/target.ts';
import type { Naming } from '../../sql/naming.ts';
import { sqlstateOf, wrapped } from '../errors.ts';
import { quoteName, quoteText } from '../names.ts';
import { Session } from '../session.ts';

/** A table to read as the application role does. */
export interface RowSecurityQuestion {
  readonly table: string;
  readonly naming: Naming;
  readonly probe: RowSecurityProbe;
}

/**
 * Reads a table as the application role, in transactions that are rolled back. `rows` and `visibleToOther` count the tenant's
 * rows as this session and as another tenant sees them. `visibleToTenant` and `visibleUnset` count all visible rows, so
 * that rows of other tenants show.
 *
 * @param session a session with the target's settings. The unset case opens a new session, because a setting that was ever
 * set is empty afterwards instead of missing.
 */
export async function readRowSecurity(session: Session, question: RowSecurityQuestion): Promise<RowSecurityFacts> {
  const { table, naming, probe } = question;
  const [flags] = await session.rows(
    `select relrowsecurity, relforcerowsecurity from pg_class where oid = ${quoteText(naming(table))}::regclass`,
    [],
    `describe ${table}`,
  );
  const ofTenant = `where ${quoteName(probe.tenantColumn)}::text = ${quoteText(probe.tenant)}`;
  const [all] = await session.rows(`select count(*) as rows from ${naming(table)} ${ofTenant}`, [], `count ${table}`);
  const fresh = await Session.open(session.address);
  try {
    return {
      isEnabled: flags?.relrowsecurity === 't',
      isForced: flags?.relforcerowsecurity === 't',
      rows: Number(all?.rows),
      visibleUnset: await countAs(fresh, question, null, ''),
      visibleToTenant: await countAs(fresh, question, probe.tenant, ''),
      visibleToOther: await countAs(fresh, question, probe.otherTenant, ofTenant),
    };
  } finally {
    await fresh.close();
  }
}

/** A policy that fails because the setting is missing (42704) or malformed (22P02) also shows no row. */
const showsNothing = new Set(['42704', '22P02']);

async function countAs(
  session: Session,
  { table, naming, probe }: RowSecurityQuestion,
  tenant: string | null,
  condition: string,
): Promise<number> {
  try {
    await session.script(`begin read only; set local role ${quoteName(probe.role)}`);
    if (tenant !== null) await session.script('select set_config($1, $2, true)', [probe.setting, tenant]);
    const [row] = await session.script(`select count(*) as rows from ${naming(table)} ${condition}`);
    return Number(row?.rows);
  } catch (error) {
    if (tenant === null && showsNothing.has(sqlstateOf(error) ?? '')) return 0;
    throw roleError(error, session, table, probe.role);
  } finally {
    if (!session.isLost) await session.rows('rollback');
  }
}

/**
 * Counts all rows of the tables in which row-level security binds this session as their owner. The binding is lifted in a
 * transaction for each table, which is rolled back.
 */
export async function countBoundTables(session: Session, schema: string): Promise<ReadonlyMap<string, number>> {
  const sql = `select relname as name from pg_class
    where relnamespace = to_regnamespace(${quoteText(quoteName(schema))}) and relkind = 'r' and row_security_active(oid)
    order by relname`;
  const rows = new Map<string, number>();
  for (const { name } of await session.rows(sql, [], 'list the tables that bind their owner')) {
    const table = `${quoteName(schema)}.${quoteName(name as string)}`;
    rows.set(name as string, await countUnbound(session, table));
  }
  return rows;
}

async function countUnbound(session: Session, table: string): Promise<number> {
  try {
    await session.rows(`begin; alter table ${table} no force row level security`, [], `see all rows of ${table}`);
    const [row] = await session.rows(`select count(*) as rows from only ${table}`, [], `count ${table}`);
    return Number(row?.rows);
  } finally {
    if (!session.isLost) await session.rows('rollback');
  }
}

function roleError(error: unknown, session: Session, table: string, role: string): WaybillError {
  const wrap = wrapped(error, session.address, `count ${table} as role ${role}`);
  const state = sqlstateOf(error);
  // 22023: the role does not exist. 42501: this user may not assume it, or it may not read the table.
  if (state !== '22023' && state !== '42501') return wrap;
  return new WaybillError('target-refused', wrap.message, {
    hint: `Create the role ${role}, grant it select on ${table}, and make this user a member of it.`,
    cause: error,
  });
}
