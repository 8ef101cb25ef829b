import { createHash } from 'node:crypto';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';
import { readCatalog } from './catalog.ts';

/**
 * The state of a schema at one moment: its objects, its number of rows, and which transactions had ended. A row that was written
 * since bears the id of a later transaction, and a row that was deleted is missing from the count.
 */
interface ProvedState {
  /** SHA-256 of the catalog. */
  readonly catalog: string;
  /** The first transaction that had not begun, and those that had not ended; the low 32 bits, as rows bear them. */
  readonly next: string;
  readonly open: readonly string[];
  /** Table → its object id and the number of rows that this session sees. */
  readonly tables: Readonly<Record<string, readonly [oid: string, rows: string]>>;
}

/** Reads the state of a schema, as a text for `changedSince`. */
export async function readProvedState(session: Session, schema: string): Promise<string> {
  await session.rows('begin isolation level repeatable read read only');
  try {
    await session.rows(`set local search_path to ${quoteName(schema)}`);
    const [row] = await session.rows(
      `select mod(pg_snapshot_xmax(s)::text::numeric, 4294967296)::text as next,
         array(select mod(x::text::numeric, 4294967296)::text from pg_snapshot_xip(s) x)::text as open
       from pg_current_snapshot() s`,
      [],
      'read its snapshot',
    );
    const tables: Record<string, readonly [string, string]> = {};
    for (const { name, oid } of await readTableNames(session, schema))
      tables[name] = [oid, await countRows(session, schema, name)];
    const open = (row?.open ?? '{}')
      .slice(1, -1)
      .split(',')
      .filter((id) => id !== '');
    const state: ProvedState = {
      catalog: await hashOfCatalog(session, schema),
      next: row?.next as string,
      open,
      tables,
    };
    return JSON.stringify(state);
  } finally {
    await session.rows('commit');
  }
}

/**
 * Names what differs from a state that was read before; empty when nothing does. Runs in a transaction that locks the tables against
 * writers until its end, and reads each of them once. Row-level security that binds this session is lifted meanwhile.
 */
export async function changedSince(session: Session, schema: string, text: string): Promise<string[]> {
  const before = JSON.parse(text) as ProvedState;
  const tables = await readTableNames(session, schema);
  const names = tables.map(({ name }) => quotedIn(schema, name));
  if (names.length > 0)
    await session.rows(`lock table ${names.join(', ')} in share mode`, [], `lock ${schema} against writers`);
  await session.rows(`set local search_path to ${quoteName(schema)}`);
  const isSameCatalog = (await hashOfCatalog(session, schema)) === before.catalog;
  const changed = isSameCatalog ? [] : ['the objects of the schema'];
  for (const { name, oid } of tables) {
    const [known, rows] = before.tables[name] ?? [];
    const isSame = known === oid && rows === (await countRows(session, schema, name));
    if (!isSame || (await hasLaterRow(session, schema, name, before))) changed.push(name);
  }
  await session.rows(`set local search_path to ''`);
  return [...changed, ...Object.keys(before.tables).filter((name) => !tables.some((table) => table.name === name))];
}

/** The tables that hold rows, partitions among them. */
async function readTableNames(session: Session, schema: string): Promise<{ name: string; oid: string }[]> {
  const sql = `select relname as name, oid::text as oid from pg_class
    where relnamespace = to_regnamespace(${quoteText(quoteName(schema))}) and relkind = 'r' order by relname`;
  const rows = await session.rows(sql, [], `list the tables of ${schema}`);
  return rows.map(({ name, oid }) => ({ name: name as string, oid: oid as string }));
}

async function countRows(session: Session, schema: string, table: string): Promise<string> {
  const sql = `select count(*)::text as rows from only ${quotedIn(schema, table)}`;
  const [row] = await session.rows(sql, [], `count ${table}`);
  return row?.rows as string;
}

/** `age` counts the transactions since; the row of a transaction that began later is younger. */
async function hasLaterRow(
  session: Session,
  schema: string,
  table: string,
  { next, open }: ProvedState,
): Promise<boolean> {
  const quoted = quotedIn(schema, table);
  const [bound] = await session.rows(`select row_security_active(${quoteText(quoted)}::regclass) as yes`);
  const lift = bound?.yes === 't';
  if (lift) await session.rows(`alter table ${quoted} no force row level security`, [], `see all rows of ${table}`);
  const isOpen = open.length === 0 ? '' : `or t.xmin::text in (${open.map(quoteText).join(', ')})`;
  const [row] = await session.rows(
    `select exists (select from only ${quoted} t where age(t.xmin) <= age(${quoteText(next)}::xid) ${isOpen}) as found`,
    [],
    `look for later rows of ${table}`,
  );
  if (lift)
    await session.rows(`alter table ${quoted} force row level security`, [], `bind the owner of ${table} again`);
  return row?.found === 't';
}

function quotedIn(schema: string, table: string): string {
  return `${quoteName(schema)}.${quoteName(table)}`;
}

async function hashOfCatalog(session: Session, schema: string): Promise<string> {
  const catalog = await readCatalog(session, schema);
  return createHash('sha256').update(JSON.stringify(catalog)).digest('hex');
}
