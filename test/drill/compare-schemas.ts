import pg from 'pg';

/** How a schema differs from that of an undisturbed run. */
export interface SchemaDifferences {
  /** Rows that are missing. */
  readonly lost: number;
  /** Rows that are not expected, including second copies. */
  readonly doubled: number;
  /** Parts with different digests or counts, as sentences without data values. */
  readonly differences: readonly string[];
}

/**
 * Compares every row of every table, and every ledger row. Rows compare as bags, so duplicates in a keyless table
 * count. @throws Error without any table.
 */
export async function compareSchemas(url: string, reference: string, schema: string): Promise<SchemaDifferences> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = $1 and table_type = 'BASE TABLE' order by 1`,
      [reference],
    );
    if (tables.length === 0) throw new Error(`${reference} has no tables to compare with`);
    let [lost, doubled] = [0, 0];
    const differences: string[] = [];
    for (const { name } of tables) {
      const missing = await without(client, `"${reference}"."${name}"`, `"${schema}"."${name}"`);
      const surplus = await without(client, `"${schema}"."${name}"`, `"${reference}"."${name}"`);
      if (missing + surplus > 0) differences.push(`${schema}.${name}: ${missing} rows missing, ${surplus} too many`);
      lost += missing;
      doubled += surplus;
    }
    differences.push(...(await partDifferences(client, reference, schema)));
    return { lost, doubled, differences };
  } finally {
    await client.end();
  }
}

/** Compares as text, because json has no equality. */
async function without(client: pg.Client, table: string, other: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(
    `select count(*)::int as rows from (select t::text from ${table} t except all select o::text from ${other} o) d`,
  );
  return rows[0]?.rows ?? 0;
}

async function partDifferences(client: pg.Client, reference: string, run: string): Promise<string[]> {
  const facts = (name: string): string => `
    select mapping, sum(read) as read, sum(loaded) as loaded, sum(rejected) as rejected, sum(filtered) as filtered,
      sum(adjusted) as adjusted, array_agg(part || ' ' || digest order by part) as digests
    from waybill.part where run = ${name} group by mapping`;
  const sql = `
    select mapping from ((${facts('$1')}) except (${facts('$2')})) missing
    union
    select mapping from ((${facts('$2')}) except (${facts('$1')})) extra
    order by mapping`;
  const { rows } = await client.query<{ mapping: string }>(sql, [reference, run]);
  return rows.map(({ mapping }) => `${run}: the ledger of ${mapping} has other parts, counts or digests`);
}
