import { createHash } from 'node:crypto';
import { DatabaseError } from 'pg';
import { WaybillError } from '../../../core/model/errors.ts';
import type { DoneHook, Hook } from '../../../core/model/hook.ts';
import { sqlOf } from '../ddl/ddl-files.ts';
import { controlsTransaction } from '../ddl/ddl-statements.ts';
import { runWithExtensions } from '../ddl/extension-names.ts';
import { wrapped } from '../errors.ts';
import { quoteName } from '../names.ts';
import type { Session, TextRow } from '../session.ts';
import { hasTable } from './ledger.ts';

/** A run, the schema that its hooks see, and one of them. */
export interface HookRun {
  readonly run: string;
  readonly schema: string;
  readonly hook: Hook;
}

/**
 * Runs a hook, and records it in the same transaction. One that is recorded does not run again. The session's settings may change, so it
 * should end afterwards.
 *
 * @throws WaybillError 'target-refused' with file and line when it fails; 'drift' when it ran with another text.
 */
export async function runHook(session: Session, { run, schema, hook }: HookRun): Promise<DoneHook> {
  const sha256 = createHash('sha256').update(hook.sql).digest('hex');
  await session.rows('begin');
  try {
    const lock = `select pg_advisory_xact_lock(hashtextextended($1, 0))`;
    await session.rows(lock, [`waybill hook ${run} ${hook.name}`], 'wait for another command');
    const known = (await readHooks(session, run)).find(({ name }) => name === hook.name);
    if (known !== undefined) return refuseOther(known, sha256);
    await session.rows(`set local search_path to ${quoteName(schema)}`);
    await runSql(session, hook);
    const done = await record(session, { run, schema, hook }, sha256);
    await session.rows('commit', [], 'commit');
    return done;
  } finally {
    if (!session.isLost) await session.rows('rollback').catch(() => session.destroy());
  }
}

/** The hooks that ran for a run, in their order. */
export async function readHooks(session: Session, run: string): Promise<DoneHook[]> {
  if (!(await hasTable(session, 'hook'))) return [];
  const sql = `select ${columns} from waybill.hook where run = $1 order by done_at, name`;
  return (await session.rows(sql, [run], 'read its hooks')).map(doneOf);
}

function refuseOther(known: DoneHook, sha256: string): DoneHook {
  if (known.sha256 === sha256) return known;
  throw new WaybillError('drift', `The hook ${known.name} ran, and its file has changed since.`, {
    hint: 'Restore the file, or start a new run.',
  });
}

/** A setting of the transaction, by which a file that ends it is found. */
const mark = 'waybill.hook';

async function runSql(session: Session, { name, sql }: Hook): Promise<void> {
  let text = sqlOf(sql);
  if (controlsTransaction(text)) throw endedTransaction(name, 'begins or ends a transaction');
  await session.rows('select set_config($1, $2, true)', [mark, name]);
  try {
    await runWithExtensions(session, text, (next) => {
      text = next;
    });
  } catch (error) {
    throw wrapped(error, session.address, `run the hook ${name}${lineOf(error, text)}`);
  }
  const [row] = await session.rows('select current_setting($1, true) as name', [mark]);
  if (row?.name === name) return;
  throw endedTransaction(name, 'ended its transaction, and what came before that is kept');
}

function endedTransaction(name: string, what: string): WaybillError {
  return new WaybillError('target-refused', `The hook ${name} ${what}.`, {
    hint: 'Remove begin, commit and rollback from the file: each file is one transaction.',
  });
}

function lineOf(error: unknown, text: string): string {
  const position = error instanceof DatabaseError ? Number(error.position ?? 0) : 0;
  if (position === 0) return '';
  // The server counts characters.
  const before = [...text].slice(0, position - 1);
  return `, line ${before.filter((character) => character === '\n').length + 1}`;
}

const columns = `point, name, sha256, to_char(done_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  seconds::text as seconds, rows::text as rows`;

/** The server counts per transaction how many rows it added to each table and removed from it. */
async function record(session: Session, { run, schema, hook }: HookRun, sha256: string): Promise<DoneHook> {
  const sql = `
    insert into waybill.hook (run, point, name, sha256, seconds, rows, target_schema)
    select $1, $2, $3, $4, round(extract(epoch from clock_timestamp() - transaction_timestamp())::numeric, 3), coalesce((
      select json_object_agg(relname, n_tup_ins - n_tup_del order by relname) from pg_stat_xact_user_tables
      where schemaname = $5 and n_tup_ins <> n_tup_del), '{}'), $5
    returning ${columns}`;
  const [row] = await session.rows(sql, [run, hook.point, hook.name, sha256, schema], `record the hook ${hook.name}`);
  return doneOf(row as TextRow);
}

function doneOf(row: TextRow): DoneHook {
  return {
    point: row.point as Hook['point'],
    name: row.name as string,
    sha256: row.sha256 as string,
    at: row.at as string,
    seconds: Number(row.seconds),
    rows: JSON.parse(row.rows as string) as DoneHook['rows'],
  };
}
