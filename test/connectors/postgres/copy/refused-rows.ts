import type { Row } from '../../../../core/model/value.ts';
import type { RefusedRow } from '../../../../core/ports/ledger.ts';
import type { Target } from '../../../../core/ports/target.ts';
import { openPart, type RowWriter } from '../../../../testing/row-writer.ts';
import { database, entryOf, schema, target } from '../database.ts';

/** Creates a database with the target's schema and this DDL in it, and opens it. */
export async function open(...ddl: readonly string[]): Promise<{ url: string; into: Target }> {
  const url = await database(`create schema ${schema}`, `set search_path to ${schema}; ${ddl.join(';\n')}`);
  return { url, into: await target(url) };
}

/** Loads rows in batches, as a part with refused rows is loaded. */
export async function isolate(writer: RowWriter, rows: readonly Row[], batchRows = 250): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = [];
  for (let at = 0; at < rows.length; at += batchRows) {
    const found = await writer.writeIsolating(rows.slice(at, at + batchRows));
    refused.push(...found.map(({ row, refusal }) => ({ row: row + at, refusal })));
  }
  return refused;
}

/** Loads rows into `t` and commits. @returns the places of the refused rows and their SQLSTATEs. */
export async function load(into: Target, columns: readonly string[], rows: readonly Row[]): Promise<string[]> {
  const writer = await openPart(into, 't', columns);
  const refused = await isolate(writer, rows);
  await writer.commit(entryOf(1, rows.length - refused.length));
  return refused.map(({ row, refusal }) => `${row} ${refusal.sqlstate}`);
}

/** A function and a trigger before each row of `t`. */
export const raise = (body: string): string => `
  create function refuse() returns trigger language plpgsql as $$ begin ${body}; return new; end $$;
  create trigger refuse before insert on t for each row execute function refuse()`;
