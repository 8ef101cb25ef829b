import { WaybillError } from '../../../core/model/errors.ts';
import type { Cutover, OnStep } from '../../../core/ports/cutover.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';
import { copyOwnersAndGrants, copyPublicationsAndSequences } from './copy-owners-and-grants.ts';
import { type ExternalDependency, readExternalDependencies } from './external-dependencies.ts';
import { lockAll } from './locks.ts';
import { readRecreatedObjects } from './recreated-objects.ts';

/** Two schemas that are renamed: `live` becomes `outgoing`, and `incoming` becomes `live`. */
export interface Renaming {
  readonly live: string;
  /** Null leaves no live schema: the first cutover is rolled back. */
  readonly incoming: string | null;
  /** Null before the first cutover, without a live schema. */
  readonly outgoing: string | null;
}

interface SwapWork extends Renaming {
  /** Objects of the live schema to recreate in the incoming one. */
  readonly recreated: readonly string[];
  /** Whether owners, grants and comments are copied. A rollback does not: the schema before still has them. */
  readonly copiesOwnersAndGrants: boolean;
  /** How many earlier tries failed because of other sessions' locks. */
  readonly tries: number;
}

/**
 * Swaps two schemas within the session's current transaction. All live tables are locked before any name changes, so a
 * statement on two of them sees both before or both after the swap.
 */
export async function swapSchemas(session: Session, work: SwapWork, onStep: OnStep): Promise<void> {
  const { live, incoming, outgoing, recreated, copiesOwnersAndGrants: copies, tries } = work;
  await session.rows(`select set_config('search_path', '', true)`);
  const isExchange = incoming !== null && outgoing !== null;
  const dependencies = isExchange ? await readExternalDependencies(session, live, incoming) : [];
  refuseUnrecreatable(dependencies);
  const statements = isExchange ? await readRecreatedObjects(session, live, recreated) : [];
  const dependents = dependencies.flatMap(({ lock }) => lock ?? []);
  if (outgoing !== null) await lockAll(session, live, dependents, tries);
  await runEach(session, dependencies, 'first');
  onStep('locked');
  if (outgoing !== null) await rename(session, live, outgoing);
  if (incoming !== null) await rename(session, incoming, live);
  if (isExchange) {
    await moveExtensions(session, outgoing, live);
    for (const sql of statements) await session.rows(sql, [], `recreate the unmanaged objects of ${live}`);
    if (copies) await copyOwnersAndGrants(session, outgoing, live);
    await copyPublicationsAndSequences(session, outgoing, live);
    await runEach(session, dependencies, 'make');
    await runEach(session, dependencies.toReversed(), 'last');
  }
  onStep('moved');
}

function refuseUnrecreatable(dependencies: readonly ExternalDependency[]): void {
  const refused = dependencies.filter(({ make }) => make === null).map(({ name }) => name);
  if (refused.length === 0) return;
  throw new WaybillError(
    'cutover-refused',
    `These objects of other schemas cannot be recreated: ${refused.join(', ')}.`,
    {
      hint: 'Drop them during the cutover, or look up the schema by name when they run, as a function does.',
    },
  );
}

async function runEach(
  session: Session,
  dependencies: readonly ExternalDependency[],
  when: 'first' | 'make' | 'last',
): Promise<void> {
  for (const object of dependencies)
    for (const statement of object[when] ?? []) await session.rows(statement, [], `recreate the ${object.name}`);
}

/** An extension stays under the live name, as its types and functions do in the defaults of both schemas. */
async function moveExtensions(session: Session, outgoing: string, live: string): Promise<void> {
  const found = await session.rows(
    `select extname as name from pg_extension
     where extnamespace = to_regnamespace(${quoteText(quoteName(outgoing))}) and extrelocatable and pg_has_role(extowner, 'usage')`,
    [],
    `list the extensions of ${live}`,
  );
  for (const { name } of found)
    await session.rows(
      `alter extension ${quoteName(name as string)} set schema ${quoteName(live)}`,
      [],
      `move the extension ${name}`,
    );
}

/** Renames a schema, and its name in the ledger. */
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

/** Reads how much was written to each table of a schema since its creation, by the server's counters. */
export async function readWrites(session: Session, schema: string): Promise<Map<string, string>> {
  const sql = `
    select c.relname as name, n.oid::text || ' ' || c.oid::text || ' ' || (pg_stat_get_tuples_inserted(c.oid)
      + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid))::text as writes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.oid = to_regnamespace(${quoteText(`"${schema}"`)}) and c.relkind = 'r'`;
  const rows = await session.rows(sql, [], `read the write counters of ${schema}`);
  return new Map(rows.map(({ name, writes }) => [name as string, writes as string]));
}

/** The renaming of a cutover, and of its rollback. */
export function renamingOf({ live, shadow, before }: Cutover): { forth: Renaming; back: Renaming } {
  return {
    forth: { live, incoming: shadow, outgoing: before },
    back: { live, incoming: before, outgoing: shadow },
  };
}
