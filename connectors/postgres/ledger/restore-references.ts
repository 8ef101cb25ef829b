import type { Reference } from '../../../core/ports/ledger.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';
import { pairsOf } from './orphan-sql.ts';
import type { ReplayContext } from './replay.ts';
import { readShapes } from './resolve-references.ts';

/** Implements `ReplayTarget.restoreReferences`, in the session's current transaction. */
export async function restoreReferences(
  context: ReplayContext,
  run: string,
  references: readonly Reference[],
): Promise<number> {
  const nullable = references.filter((reference) => reference.orphan === 'null');
  const shapes = await readShapes(context, nullable);
  let count = 0;
  for (const reference of nullable) {
    const { table, column, parent } = reference;
    const same = nullable.filter((r) => r.table === table && r.column === column && r.parent === parent);
    if (same[0] === reference) count += await restoreOne(context, run, same, shapes.get(table)?.key ?? []);
  }
  return count;
}

/** Restores one column. @param same the references of that column to one parent, all of which must hold. */
async function restoreOne(
  { session, naming }: ReplayContext,
  run: string,
  same: readonly Reference[],
  key: readonly string[],
): Promise<number> {
  const { table, column, parent } = same[0] as Reference;
  const values = [run, table, column, parent];
  const doing = `restore ${table}.${column}`;
  const known = `run = $1 and table_name = $2 and column_name = $3 and parent = $4 and action = 'null'`;
  if ((await session.rows(`select from waybill.resolved where ${known} limit 1`, values, doing)).length === 0) return 0;
  const value = `s.value::${await typeOf(session, naming(table), column)}`;
  const keyTexts = key.map((name) => `format('%s', c.${quoteName(name)})`);
  const holds = same.map((r) => {
    const pairs = pairsOf(r).map(
      (p) => `p.${quoteName(p.parentColumn)} = ${p.column === column ? value : `c.${quoteName(p.column)}`}`,
    );
    return `exists (select from ${naming(parent)} p where ${pairs.join(' and ')})`;
  });
  const sql = `
    with restored as (
      update ${naming(table)} c set ${quoteName(column)} = ${value}
      from waybill.resolved s
      where ${known} and s.key = array[${keyTexts.join(', ')}]::text[] and c.${quoteName(column)} is null
        and ${holds.join(' and ')}
      returning s.id
    )
    delete from waybill.resolved using restored where resolved.id = restored.id returning resolved.id`;
  return (await session.rows(sql, values, doing)).length;
}

async function typeOf(session: Session, quotedTable: string, column: string): Promise<string> {
  const sql = `
    select format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${quoteText(quotedTable)}::regclass and attname = $1`;
  const [row] = await session.rows(sql, [column], 'read the type of a column');
  return row?.type as string;
}
