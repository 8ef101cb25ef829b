import { WaybillError } from '../../../core/model/errors.ts';
import type { Cutover, OnStep } from '../../../core/ports/cutover.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';
import { copyOwnersAndGrants, copyPublicationsAndSequences } from './copy-owners-and-grants.ts';
import { type ExternalDependency, readExternalDependencies } from './external-dependencies.ts';
import { lockAll } from './locks.ts';
import { readRecreatedObjects } from './recreated-objects.ts';

/** Two schemas whose names change: `live` is called `outgoing` afterwards, and `incoming` is called `live`. */
export interface Renaming {
  readonly live: string;
  /** Null leaves no live schema behind: the first cutover is rolled back. */
  readonly incoming: string | null;
  /** Null when there is no live schema yet. */
  readonly outgoing: string | null;
}

interface SwapWork extends Renaming {
  /** Objects of the live schema to be made in the incoming one. */
  readonly recreated: readonly string[];
  /** Whether owners, grants and comments go over; not on the way back, where they are as they were. */
  readonly copiesOwnersAndGrants: boolean;
  /** How often others' locks were in the way before. */
  readonly tries: number;
}

/**
 * Swaps within the transaction that the session is in. All live tables are locked before any name changes, so a statement
 * that names two of them sees both before or both after.
 */
export async function swapSchemas(session: Session, work: SwapWork, onStep: OnStep): Promise<void> {
  const { live, incoming, outgoing, recreated: carries, copiesOwnersAndGrants: inherits, tries } = work;
  await session.rows(`select set_config('search_path', '', true)`);
  const isExchange = incoming !== null && outgoing !== null;
  const outside = isExchange ? await readExternalDependencies(session, live, incoming) : [];
  refuseUnrecreatable(outside);
  const carried = isExchange ? await readRecreatedObjects(session, live, carries) : [];
  const hanging = outside.flatMap(({ lock }) => lock ?? []);
  if (outgoing !== null) await lockAll(session, live, hanging, tries);
  await runEach(session, outside, 'first');
  onStep('locked');
  if (outgoing !== null) await rename(session, live, outgoing);
  if (incoming !== null) await rename(session, incoming, live);
  if (isExchange) {
    for (const make of carried) await session.rows(make, [], `make in ${live} what was made by hand`);
    if (inherits) await copyOwnersAndGrants(session, outgoing, live);
    await copyPublicationsAndSequences(session, outgoing, live);
    await runEach(session, outside, 'make');
    await runEach(session, outside.toReversed(), 'last');
  }
  onStep('moved');
}

function refuseUnrecreatable(outside: readonly ExternalDependency[]): void {
  const refused = outside.filter(({ make }) => make === null).map(({ name }) => name);
  if (refused.length === 0) return;
  throw new WaybillError('cutover-refused', `Nothing can carry over: ${refused.join(', ')}.`, {
    hint: 'Drop it for the time of the cutover, or let it name the schema late, as a function does.',
  });
}

async function runEach(
  session: Session,
  outside: readonly ExternalDependency[],
  when: 'first' | 'make' | 'last',
): Promise<void> {
  for (const object of outside)
    for (const statement of object[when] ?? []) await session.rows(statement, [], `carry over the ${object.name}`);
}

/** The ledger knows runs by their schema: it changes with the name. */
async function rename(session: Session, from: string, to: string): Promise<void> {
  await session.rows(`alter schema ${quoteName(from)} rename to ${quoteName(to)}`, [], `rename the schema ${from}`);
  const tables = await session.rows(
    `select format('waybill.%I', c.relname) as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'target_schema'
     where c.relnamespace = to_regnamespace('waybill') and c.relkind = 'r'`,
  );
  for (const { name } of tables)
    await session.rows(`update ${name} set target_schema = $2 where target_schema = $1`, [from, to], 'rename its runs');
}

/** How much was written to each table of a schema since it was made, by the server's own count. */
export async function readWrites(session: Session, schema: string): Promise<Map<string, string>> {
  const sql = `
    select c.relname as name, n.oid::text || ' ' || c.oid::text || ' ' || (pg_stat_get_tuples_inserted(c.oid)
      + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid))::text as writes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.oid = to_regnamespace(${quoteText(`"${schema}"`)}) and c.relkind = 'r'`;
  const rows = await session.rows(sql, [], `ask what was written to ${schema}`);
  return new Map(rows.map(({ name, writes }) => [name as string, writes as string]));
}

/** What a cutover renames, and its way back. */
export function renamingOf({ live, shadow, before }: Cutover): { forth: Renaming; back: Renaming } {
  return {
    forth: { live, incoming: shadow, outgoing: before },
    back: { live, incoming: before, outgoing: shadow },
  };
}
