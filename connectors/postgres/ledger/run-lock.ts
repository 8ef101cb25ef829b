import { setTimeout as sleep } from 'node:timers/promises';
import { WaybillError } from '../../../core/model/errors.ts';
import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';
import { hasTable } from './ledger.ts';

/** A killed process's session ends within moments. */
const patienceMs = 2000;
const pauseMs = 100;

const runKey = (run: string): string => `hashtextextended(${quoteText(`waybill, run: ${run}`)}, 0)`;
const schemaKey = (schema: string): string => `hashtextextended(${quoteText(`waybill, schema: ${schema}`)}, 0)`;

/**
 * Locks a schema, and the run that works on it if there is one, until the session ends.
 * @throws WaybillError 'run-locked' while another session holds one of the locks.
 */
export async function lockForRun(session: Session, run: string | null, schema: string): Promise<void> {
  if (run !== null && !(await isLocked(session, `pg_try_advisory_lock(${runKey(run)})`))) {
    throw new WaybillError('run-locked', `Another process works on run ${run}.`, {
      hint: 'Let it finish or stop it, then continue the run with --resume.',
    });
  }
  if (!(await isLocked(session, `pg_try_advisory_lock(${schemaKey(schema)})`))) throw await inUse(session, schema);
}

/** Locks schemas until the transaction ends. @throws WaybillError 'run-locked' while a run works on one of them. */
export async function lockSchemas(session: Session, schemas: readonly string[]): Promise<void> {
  for (const schema of new Set(schemas)) {
    if (!(await isLocked(session, `pg_try_advisory_xact_lock(${schemaKey(schema)})`)))
      throw await inUse(session, schema);
  }
}

async function isLocked(session: Session, tryLock: string): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const [row] = await session.rows(`select ${tryLock} as locked`, [], 'lock its schema');
    if (row?.locked === 't') return true;
    if (waitedMs >= patienceMs) return false;
    await sleep(pauseMs);
  }
}

async function inUse(session: Session, schema: string): Promise<WaybillError> {
  const run = await runOn(session, schema);
  return new WaybillError(
    'run-locked',
    `Another run${run === null ? '' : `, ${run},`} works on the schema ${schema}; two runs never load into one schema.`,
    { hint: 'Let it finish or stop it, then run the same command again, or name another --target-schema.' },
  );
}

/** The run whose session locks a schema; null when the ledger does not know it yet, or a command without a run locks it. */
async function runOn(session: Session, schema: string): Promise<string | null> {
  if (!(await hasTable(session, 'part'))) return null;
  const sql = `
    with held as (
      select pid, (classid::int8 << 32) | objid::int8 as key from pg_locks
      where locktype = 'advisory' and objsubid = 1 and granted
        and database = (select oid from pg_database where datname = current_database())
    )
    select r.run from waybill.run r
    join held on held.key = hashtextextended('waybill, run: ' || r.run, 0)
    where held.pid in (select pid from held where key = ${schemaKey(schema)})`;
  const [row] = await session.rows(sql, [], 'read its locks');
  return row?.run ?? null;
}
