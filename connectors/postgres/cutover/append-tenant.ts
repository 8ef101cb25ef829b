import { WaybillError } from '../../../core/model/errors.ts';
import type { Append, Cutover, OnStep } from '../../../core/ports/cutover.ts';
import { advanceSequences } from '../ddl/sequences.ts';
import { appliedVersion } from '../ddl/versions.ts';
import { quoteName, quoteNames } from '../names.ts';
import type { Session } from '../session.ts';
import {
  type AppendPlan,
  type AppendTable,
  differingQuery,
  keyText,
  planAppend,
  qualified,
  sameKey,
} from './append-tables.ts';
import { readCutovers } from './cutover-records.ts';

/** Adds the rows of a tenant to a live schema, within the session's current transaction. */
export async function appendTenant(session: Session, { cutover, tenancy }: Append, onStep: OnStep): Promise<void> {
  const { live, shadow, run, tenant } = cutover;
  await refuseOtherVersion(session, cutover);
  const plan = await planAppend(session, live, tenancy.column);
  const shared = plan.tables.filter(({ isTenanted }) => !isTenanted);
  await lockShared(session, live, shared);
  onStep('locked');
  await refuseDiffering(session, live, shadow, shared);
  await refuseTenant(session, { live, tenant, id: tenancy.id, column: tenancy.column }, plan);
  await withoutCircles(session, plan, async () => {
    for (const table of plan.tables) {
      if (table.isTenanted) await addTenanted(session, table, { live, shadow, column: tenancy.column, id: tenancy.id });
      else await addShared(session, table, { live, shadow, run });
    }
  });
  await advanceSequences(session, live, shadow);
  onStep('moved');
}

async function refuseOtherVersion(session: Session, { live, shadow, pipeline }: Cutover): Promise<void> {
  const [ofLive, ofShadow] = [await appliedVersion(session, live), await appliedVersion(session, shadow)];
  if (ofLive === ofShadow) return;
  const behind = ofLive > ofShadow ? shadow : live;
  throw new WaybillError('cutover-refused', `${shadow} and ${live} have different versions of the DDL.`, {
    hint: `Load the run again, or bring both to one version: waybill schema up ${pipeline} --target-schema ${behind}`,
  });
}

/** Prevents changes of shared rows between the comparison and the commit. Readers are not blocked. */
async function lockShared(session: Session, live: string, shared: readonly AppendTable[]): Promise<void> {
  const names = shared.map((table) => qualified(live, table));
  if (names.length > 0)
    await session.rows(`lock table ${names.join(', ')} in share row exclusive mode`, [], `lock ${live}`);
}

async function refuseDiffering(
  session: Session,
  live: string,
  shadow: string,
  shared: readonly AppendTable[],
): Promise<void> {
  const problems: string[] = [];
  for (const table of shared) {
    if (table.key.length === 0) problems.push(`${table.name} has no primary key to compare shared rows by`);
    else {
      const rows = await session.rows(differingQuery(table, live, shadow), [], `compare ${table.name}`);
      const keys = rows.map(({ key }) => key).join('; ');
      if (rows.length > 0) problems.push(`${table.name}: ${rows[0]?.count} (${keys}${more(rows)})`);
    }
  }
  if (problems.length === 0) return;
  throw new WaybillError(
    'shared-differs',
    `Rows that all tenants share differ from those in ${live}:\n  ${problems.join('\n  ')}`,
    {
      hint: 'Make them equal in the source or in the live schema, then load the tenant again.',
    },
  );
}

function more(rows: readonly { readonly [name: string]: string | null }[]): string {
  return Number(rows[0]?.count) > rows.length ? '; …' : '';
}

async function refuseTenant(
  session: Session,
  { live, tenant, column, id }: { live: string; tenant: string; column: string; id: string },
  { tables }: AppendPlan,
): Promise<void> {
  for (const table of tables.filter(({ isTenanted }) => isTenanted)) {
    const sql = `select exists (select from ${qualified(live, table)} where ${quoteName(column)} = $1) as filled`;
    const [row] = await session.rows(sql, [id], `look for the tenant in ${table.name}`);
    if (row?.filled !== 't') continue;
    throw new WaybillError('target-not-empty', `${live} already holds rows of the tenant ${tenant} in ${table.name}.`, {
      hint: await hintOfTenant(session, live, tenant),
    });
  }
}

/** Names the rollback that removes the tenant's rows, if a cutover added them. */
async function hintOfTenant(session: Session, live: string, tenant: string): Promise<string> {
  const ofLive = (await readCutovers(session)).filter((each) => each.live === live && each.state === 'live');
  const by = ofLive.find((each) => each.tenant === tenant) ?? ofLive.findLast(({ kind }) => kind === 'swap');
  return by === undefined ? 'Delete them by hand.' : `Remove them first: waybill rollback ${by.run}`;
}

/** Defers the deferrable foreign keys. The other keys of circular tables are dropped, and added and checked at the end. */
async function withoutCircles(session: Session, { dropped }: AppendPlan, work: () => Promise<void>): Promise<void> {
  await session.rows('set constraints all deferred');
  for (const { drop } of dropped) await session.rows(drop, [], 'drop a foreign key');
  await work();
  await session.rows('set constraints all immediate', [], 'check the references');
  for (const { add } of dropped) await session.rows(add, [], 'add a foreign key');
}

interface TenantRows {
  readonly live: string;
  readonly shadow: string;
  readonly column: string;
  readonly id: string;
}

async function addTenanted(
  session: Session,
  table: AppendTable,
  { live, shadow, column, id }: TenantRows,
): Promise<void> {
  const columns = quoteNames(table.columns);
  const sql = `insert into ${qualified(live, table)} (${columns}) overriding system value
    select ${columns} from ${qualified(shadow, table)} where ${quoteName(column)} = $1`;
  await session.rows(sql, [id], `add rows to ${table.name}`);
}

/** Adds new shared rows and records them. It also records those that another tenant added, since both now share them. */
async function addShared(
  session: Session,
  table: AppendTable,
  { live, shadow, run }: { live: string; shadow: string; run: string },
): Promise<void> {
  const [l, s] = [qualified(live, table), qualified(shadow, table)];
  const brought = `
    insert into waybill.brought (run, table_name, key)
    select $1, $2, ${keyText(table, 's')} from ${s} s
    where not exists (select from ${l} l where ${sameKey(table)})
      or ${keyText(table, 's')} in (select b.key from waybill.brought b where b.table_name = $2)`;
  await session.rows(brought, [run, table.name], `record shared rows of ${table.name}`);
  const columns = quoteNames(table.columns);
  const add = `insert into ${l} (${columns}) overriding system value
    select ${quoteNames(table.columns, 's')} from ${s} s where not exists (select from ${l} l where ${sameKey(table)})`;
  await session.rows(add, [], `add shared rows to ${table.name}`);
}

/** Deletes the rows of a tenant, children first, and the shared rows that only this tenant added. */
export async function takeOutTenant(session: Session, { cutover, tenancy }: Append, onStep: OnStep): Promise<void> {
  const { live, run } = cutover;
  const plan = await planAppend(session, live, tenancy.column);
  onStep('locked');
  await withoutCircles(session, plan, async () => {
    for (const table of plan.tables.toReversed()) {
      const from = qualified(live, table);
      if (table.isTenanted) {
        const sql = `delete from ${from} where ${quoteName(tenancy.column)} = $1`;
        await session.rows(sql, [tenancy.id], `delete rows of ${table.name}`);
      } else if (table.key.length > 0) await deleteShared(session, table, live, run);
    }
  });
  await session.rows('delete from waybill.brought where run = $1', [run], 'delete the records of shared rows');
  onStep('moved');
}

async function deleteShared(session: Session, table: AppendTable, live: string, run: string): Promise<void> {
  const sql = `
    delete from ${qualified(live, table)} l where ${keyText(table, 'l')} in (
      select b.key from waybill.brought b where b.run = $1 and b.table_name = $2
        and not exists (select from waybill.brought o where o.run <> $1 and o.table_name = $2 and o.key = b.key))`;
  await session.rows(sql, [run, table.name], `delete shared rows of ${table.name}`);
}

/** Lists the tables in which the tenant's rows differ from the appended ones in the shadow. */
export async function changedTables(session: Session, { cutover, tenancy }: Append): Promise<string[]> {
  const { live, shadow } = cutover;
  const different: string[] = [];
  for (const table of (await planAppend(session, live, tenancy.column)).tables.filter(({ isTenanted }) => isTenanted)) {
    const rowsOf = (schema: string): string =>
      `select t::text from ${qualified(schema, table)} t where ${quoteName(tenancy.column)} = $1`;
    const [here, there] = [rowsOf(live), rowsOf(shadow)];
    const sql = `select exists ((${here} except all ${there}) union all (${there} except all ${here})) as differs`;
    const [row] = await session.rows(sql, [tenancy.id], `compare ${table.name}`);
    if (row?.differs === 't') different.push(table.name);
  }
  return different;
}
