import type { Sequence } from '../../core/ports/source.ts';
import type { Catalog } from './catalog.ts';
import type { SqliteDatabase } from './database.ts';
import { quoteName } from './names.ts';
import { nameIn } from './schema.ts';

const doing = 'list its sequences';

/**
 * Lists the row numbers that SQLite gives, which count as sequences. With AUTOINCREMENT a number never comes back, so the next
 * one is beyond those of deleted rows too.
 */
export async function readSequences(
  database: SqliteDatabase,
  { tables }: Catalog,
  logical: string,
): Promise<readonly Sequence[]> {
  const counted = tables.some(({ isAutoincrement }) => isAutoincrement);
  const used = counted ? await database.rows('select name as c0, seq as c1 from main.sqlite_sequence', doing) : [];
  const given = new Map(used.map(([table, next]) => [table as string, BigInt((next as number | bigint | null) ?? 0)]));
  const found: Sequence[] = [];
  for (const { name, key, isRowid, isAutoincrement } of tables) {
    if (!isRowid) continue;
    const column = key[0] as string;
    const [[greatest = null] = []] = await database.rows(
      `select max(${quoteName(column)}) as c0 from main.${quoteName(name)}`,
      doing,
    );
    const last = BigInt((greatest as number | bigint | null) ?? 0);
    const once = isAutoincrement ? (given.get(name) ?? 0n) : 0n;
    const next = (last > once ? last : once) + 1n;
    const table = nameIn(logical, name);
    found.push({
      name: `${table}.${column}`,
      next: String(next > 0n ? next : 1n),
      increment: '1',
      cycles: false,
      columns: [{ table, column }],
    });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
