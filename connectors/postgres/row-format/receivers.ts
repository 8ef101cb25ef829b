import { WaybillError } from '../../../core/model/errors.ts';
import type { Session } from '../session.ts';

/** How the server reads a column's binary form, by its live catalog; a domain is what it is made of. */
export interface Receiver {
  /** The function that reads it: `int4recv`. */
  readonly receive: string;
  /** The type's modifier, -1 for none. */
  readonly typmod: number;
  /** Of an enum. */
  readonly labels: readonly string[] | null;
  /** Of an array, the type of a member. */
  readonly member: { readonly oid: number; readonly receive: string } | null;
}

/** A receiver of a column, with its type as SQL writes it, without a modifier. */
export interface ColumnReceiver extends Receiver {
  readonly type: string;
}

const receiverQuery = `
select a.attname as name, json_build_object(
  'receive', (select p.proname from pg_proc p where p.oid = base.receive),
  'type', format_type(base.oid, -1),
  'typmod', base.typmod,
  'labels', (select json_agg(e.enumlabel) from pg_enum e where e.enumtypid = base.oid),
  'member', (
    select json_build_object('oid', m.oid::int8, 'receive', p.proname)
    from pg_type m
    join pg_proc p on p.oid = m.typreceive
    where m.oid = base.element
  )
)::text as receiver
from pg_attribute a
cross join lateral (
  with recursive layers as (
    select y.oid, y.typtype, y.typbasetype, y.typtypmod, y.typreceive, y.typelem, a.atttypmod as typmod
    from pg_type y
    where y.oid = a.atttypid
    union all
    select y.oid, y.typtype, y.typbasetype, y.typtypmod, y.typreceive, y.typelem, l.typtypmod
    from layers l
    join pg_type y on y.oid = l.typbasetype
    where l.typtype = 'd'
  )
  select l.oid, l.typmod, l.typreceive as receive, l.typelem as element from layers l where l.typtype <> 'd'
) base
where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`;

/**
 * @param quotedTable the table as SQL writes it.
 * @throws WaybillError 'target-refused' when the table or a column is not there.
 */
export async function readReceivers(
  session: Pick<Session, 'rows'>,
  quotedTable: string,
  columns: readonly string[],
): Promise<readonly ColumnReceiver[]> {
  const rows = await session.rows(receiverQuery, [quotedTable], `read the types of ${quotedTable}`);
  const found = new Map(rows.map(({ name, receiver }) => [name, receiver as string]));
  return columns.map((column) => {
    const receiver = found.get(column);
    if (receiver !== undefined) return JSON.parse(receiver) as ColumnReceiver;
    throw new WaybillError('target-refused', `The table ${quotedTable} has no column "${column}".`, {
      hint: 'Correct the DDL or the mapping, then resume.',
    });
  });
}
