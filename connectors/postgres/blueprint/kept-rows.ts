import type { Blueprint, KeptTable } from '../../../core/ports/blueprint.ts';
import { quoteName, quoteNames, quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/** Rows of a table that are written into DDL. A table with more is data, which a source should bring. */
const maxRows = 10_000;

interface KeptRows {
  readonly statements: readonly { readonly object: string; readonly make: string; readonly undo: string }[];
  readonly rows: readonly KeptTable[];
  readonly refused: Blueprint['refused'];
}

/** Reads the rows of these tables as statements that insert them, in the order of their texts. */
export async function readKeptRows(session: Session, tables: readonly string[]): Promise<KeptRows> {
  const statements: { object: string; make: string; undo: string }[] = [];
  const rows: KeptTable[] = [];
  const refused: { object: string; why: string }[] = [];
  for (const table of tables) {
    const found = await readRows(session, table);
    if (found.length > maxRows) {
      refused.push({ object: `table ${table}`, why: `it has more than ${maxRows} rows of its own` });
      continue;
    }
    rows.push({ table, rows: found.length });
    statements.push(...found.map((make) => ({ object: `rows of ${table}`, make, undo: '' })));
  }
  return { statements, rows, refused };
}

async function readRows(session: Session, table: string): Promise<string[]> {
  const columns = await session.rows(
    `select attname as name from pg_attribute where attrelid = ${quoteText(quoteName(table))}::regclass and attnum > 0
       and not attisdropped and attgenerated = '' order by attnum`,
    [],
    `list the columns of ${table}`,
  );
  if (columns.length === 0) return [];
  const names = columns.map(({ name }) => name as string);
  const values = names.map((name) => `quote_nullable(${quoteName(name)}::text)`).join(", ', ', ");
  const found = await session.rows(
    `select concat(${values}) as text from ${quoteName(table)} order by 1 limit ${maxRows + 1}`,
    [],
    `read ${table}`,
  );
  return found.map(
    ({ text }) => `insert into ${quoteName(table)} (${quoteNames(names)}) overriding system value values (${text})`,
  );
}
