import type { Column, TableSchema } from '../../../core/model/schema.ts';
import type { Naming } from '../../sql/naming.ts';
import { quoteName } from '../names.ts';
import type { SessionPool } from '../session-pool.ts';

/**
 * Marks the columns whose values refer to large objects: those of type `oid` (and its domain `lo`) with a value that is the id
 * of one, and those of type text whose values are all ids of large objects, as Hibernate stores them.
 * @param naming how tables are read. Tables without select privilege are skipped.
 */
export async function withLargeObjects<Table extends TableSchema>(
  pool: SessionPool,
  naming: Naming,
  tables: readonly Table[],
): Promise<readonly Table[]> {
  const doing = 'look for large objects';
  const [any] = await pool.rows('select exists (select from pg_largeobject_metadata) as found', [], doing);
  if (any?.found !== 't') return tables;
  const marked: Table[] = [];
  for (const table of tables) marked.push(await marks(table));
  return marked;

  async function marks(table: Table): Promise<Table> {
    const asked = table.columns.flatMap((column) => {
      const sql = questionOf(column, naming(table.name));
      return sql === null ? [] : [{ name: column.name, sql }];
    });
    if (asked.length === 0 || !(await isReadable(naming(table.name)))) return table;
    const [row] = await pool.rows(`select ${asked.map(({ sql }, i) => `${sql} as c${i}`).join(', ')}`, [], doing);
    const found = asked.filter((_, i) => row?.[`c${i}`] === 't').map(({ name }) => name);
    const columns = table.columns.map((one) => (found.includes(one.name) ? { ...one, hasLargeObjects: true } : one));
    return { ...table, columns };
  }

  async function isReadable(table: string): Promise<boolean> {
    const [row] = await pool.rows(
      `select has_table_privilege($1, 'select') as yes`,
      [table.replace(/^only /, '')],
      doing,
    );
    return row?.yes === 't';
  }
}

/** Null for a column that cannot refer to large objects. */
function questionOf({ name, type }: Column, table: string): string | null {
  const value = `t.${quoteName(name)}`;
  if (type.native === 'oid')
    return `exists (select from ${table} t join pg_largeobject_metadata m on m.oid = ${value})`;
  if (type.native !== 'text' && !type.native.startsWith('character varying')) return null;
  const isId = `exists (select from pg_largeobject_metadata m where m.oid::text = ${value})`;
  return `(exists (select from ${table} t where ${value} is not null)
    and not exists (select from ${table} t where ${value} is not null and not ${isId}))`;
}
