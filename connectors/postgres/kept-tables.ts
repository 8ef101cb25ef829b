import { WaybillError } from '../../core/errors.ts';
import type { Session } from './session.ts';

/**
 * Locks tables against DDL until the session's transaction ends, as pg_dump does: a table that is rewritten is empty to
 * every snapshot from before. Readers and writers are not disturbed. Tables that may not be read are left out.
 * @throws WaybillError 'source-interrupted' when a lock cannot be had, or came too late.
 */
export async function keepTables(holder: Session, tables: readonly string[]): Promise<void> {
  const readable = await holder.rows(
    `select name from unnest($1::text[]) as t (name) where has_table_privilege(name, 'select')`,
    [tables],
    'ask what may be read',
  );
  if (readable.length === 0) return;
  const names = readable.map(({ name }) => name as string);
  await holder.rows(`lock table ${names.join(', ')} in access share mode`, [], 'keep its tables as they are');
  // The catalog is read as of the snapshot, and the function tells what is so now.
  const sql = `
    select name from unnest($1::text[]) as t (name)
    join pg_class c on c.oid = name::regclass and c.relfilenode <> pg_relation_filenode(c.oid)`;
  const [changed] = await holder.rows(sql, [names], 'look whether a table was rewritten');
  if (changed === undefined) return;
  throw new WaybillError('source-interrupted', `${changed.name} was rewritten while the snapshot was taken.`, {
    hint: 'See that nobody changes the source, then resume.',
  });
}
