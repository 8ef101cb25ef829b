import { topologicalSort } from '../../../core/topological-sort.ts';
import { parseTextArray } from '../copy/copy-text.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/** A table whose rows are added to another of the same name. */
export interface AppendTable {
  readonly name: string;
  readonly isTenanted: boolean;
  /** Columns that an insert may name: all but generated ones. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** A foreign key within the live schema that is checked at the end of each statement. */
interface ImmediateKey {
  readonly table: string;
  readonly parent: string;
  readonly drop: string;
  readonly add: string;
}

/** Tables, parents first, and the foreign keys to drop while rows of circular tables are added. */
export interface AppendPlan {
  readonly tables: readonly AppendTable[];
  readonly dropped: readonly { readonly drop: string; readonly add: string }[];
}

/** Plans the order in which tables are added. Deferrable keys are checked at commit and need no order. */
export async function planAppend(session: Session, live: string, tenantColumn: string): Promise<AppendPlan> {
  const tables = await readTables(session, live, tenantColumn);
  const keys = await readImmediateKeys(session, live);
  const parents = (name: string): string[] => keys.filter(({ table }) => table === name).map(({ parent }) => parent);
  const { ordered, circular } = topologicalSort(new Map(tables.map(({ name }) => [name, parents(name)])));
  const isCircular = (key: ImmediateKey): boolean => circular.includes(key.table) && circular.includes(key.parent);
  const dropped = keys.filter((key) => key.table !== key.parent && isCircular(key));
  return { tables: ordered.flatMap((name) => tables.find((table) => table.name === name) ?? []), dropped };
}

async function readTables(session: Session, live: string, tenantColumn: string): Promise<AppendTable[]> {
  const sql = `
    select c.relname as name,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = $2 and not a.attisdropped) as tenanted,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select a.attname::text from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary and k.place <= i.indnkeyatts order by k.place) as key
    from pg_class c
    where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname collate "C"`;
  const rows = await session.rows(sql, [`"${live}"`, tenantColumn], `list the tables of ${live}`);
  return rows.map((row) => ({
    name: row.name as string,
    isTenanted: row.tenanted === 't',
    columns: parseTextArray(row.columns as string) as string[],
    key: parseTextArray(row.key as string) as string[],
  }));
}

async function readImmediateKeys(session: Session, live: string): Promise<ImmediateKey[]> {
  const sql = `
    select c.relname as table, p.relname as parent, format('alter table %s drop constraint %I', c.oid::regclass, k.conname) as drop,
      format('alter table %s add constraint %I %s', c.oid::regclass, k.conname, pg_get_constraintdef(k.oid)) as add
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and not k.condeferrable and k.conparentid = 0
      and c.relnamespace = to_regnamespace($1) and p.relnamespace = to_regnamespace($1)`;
  const rows = await session.rows(sql, [`"${live}"`], `list the foreign keys of ${live}`);
  return rows.map(({ table, parent, drop, add }) => ({ table, parent, drop, add }) as unknown as ImmediateKey);
}

/** The key of a row as one text. */
export function keyText({ key }: AppendTable, alias: string): string {
  return `jsonb_build_array(${key.map((name) => `${alias}.${quoteName(name)}`).join(', ')})::text`;
}

/** `l."id" = s."id"` */
export function sameKey({ key }: AppendTable): string {
  return key.map((name) => `l.${quoteName(name)} = s.${quoteName(name)}`).join(' and ');
}

/** Counts the shared rows whose content differs between the schemas, and lists the first keys. */
export function differingQuery(table: AppendTable, live: string, shadow: string): string {
  const [l, s] = [qualified(live, table), qualified(shadow, table)];
  const keys = table.key.map((name) => `${quoteText(`${name}=`)} || l.${quoteName(name)}::text`).join(` || ', ' || `);
  return `select count(*) over () as count, ${keys} as key from ${l} l join ${s} s on ${sameKey(table)}
    where l::text is distinct from s::text order by ${keys} limit 5`;
}

/** The table as SQL writes it, with its schema. */
export function qualified(schema: string, { name }: Pick<AppendTable, 'name'>): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}
