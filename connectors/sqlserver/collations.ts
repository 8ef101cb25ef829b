import type { SessionPool } from './session-pool.ts';

/** The collation of each text column of a table, by the column's name. */
export type Collations = ReadonlyMap<string, string>;

/** Makes a reader of a table's collations, which asks for each table once. */
export function collationReader(pool: SessionPool): (quotedTable: string) => Promise<Collations> {
  const known = new Map<string, Promise<Collations>>();
  return (quotedTable) => {
    const reading = known.get(quotedTable) ?? readCollations(pool, quotedTable);
    known.set(quotedTable, reading);
    return reading;
  };
}

async function readCollations(pool: SessionPool, quotedTable: string): Promise<Collations> {
  const name = quotedTable.replaceAll("'", "''");
  const rows = await pool.texts(
    `select name, collation_name from sys.columns
     where object_id = object_id(N'${name}') and collation_name is not null`,
    'list its collations',
  );
  return new Map(rows as readonly (readonly [string, string])[]);
}
