import type { LedgerEntry, RunRecord } from '../../../core/ports/ledger.ts';
import type { SchemaRuns } from '../../../core/ports/target.ts';
import { parseTextArray } from '../copy/copy-text.ts';
import { readCutovers } from '../cutover/cutover-records.ts';
import { forgetVersions } from '../ddl/versions.ts';
import type { Session, TextRow } from '../session.ts';

/**
 * The target's record of runs, in the schema `waybill` beside the data: `run` (which pipeline was loaded where), `part` (one row
 * for each committed part), `resolved` (rows that orphan handling changed or deleted), `replayed` (rejects that were replayed), `hook`
 * (hooks that ran).
 */
const tables = `
  create schema if not exists waybill;
  create table if not exists waybill.run (
    run text primary key,
    pipeline text not null,
    fingerprint text not null,
    started_at timestamptz not null,
    target_schema text not null
  );
  create table if not exists waybill.part (
    run text not null,
    mapping text not null,
    part integer not null,
    after text[],
    up_to text[],
    read bigint not null,
    loaded bigint not null,
    rejected bigint not null,
    filtered bigint not null,
    adjusted bigint not null,
    digest text not null,
    target_schema text not null,
    committed_at timestamptz not null default clock_timestamp(),
    primary key (run, mapping, part)
  );
  create table if not exists waybill.resolved (
    id bigint generated always as identity primary key,
    run text not null,
    table_name text not null,
    column_name text not null,
    parent text not null,
    action text not null check (action in ('null', 'reject')),
    mapping text,
    columns text[] not null,
    "values" text[] not null,
    reason text not null,
    disagreeing text[] not null,
    key text[] not null,
    value text not null,
    row_text text,
    target_schema text not null
  );
  create index if not exists resolved_run on waybill.resolved (run);
  create table if not exists waybill.replayed (
    run text not null,
    mapping text not null,
    place text not null,
    part integer not null,
    is_loaded boolean not null,
    adjusted integer not null,
    digest text not null,
    note text not null,
    target_schema text not null,
    replayed_at timestamptz not null default clock_timestamp(),
    id bigint generated always as identity,
    primary key (run, mapping, place)
  );
  create table if not exists waybill.hook (
    run text not null,
    point text not null,
    name text not null,
    sha256 text not null,
    done_at timestamptz not null default clock_timestamp(),
    seconds numeric not null,
    rows json not null,
    target_schema text not null,
    primary key (run, name)
  );`;

/** A lock number that no other program is likely to use: `waybill` in ASCII, cut to 6 bytes. */
const ledgerLock = '0x776179626c6c';

/** Creates the ledger's tables if they are missing. Concurrent calls wait for each other. */
export async function ensureLedger(session: Session): Promise<void> {
  if (await hasTable(session, 'hook')) return;
  const doing = 'create the schema waybill';
  await session.queryWithTimeout(
    `begin; select pg_advisory_xact_lock(${BigInt(ledgerLock)}); ${tables}; commit`,
    [],
    doing,
  );
}

/** Whether the ledger has this table. A ledger of an older version may lack the last ones. */
export async function hasTable(session: Session, table: 'part' | 'resolved' | 'replayed' | 'hook'): Promise<boolean> {
  const [row] = await session.queryWithTimeout('select to_regclass($1) as name', [`waybill.${table}`]);
  return row?.name != null;
}

/** Records a run. A resumed run is recorded already. */
export async function insertRun(session: Session, schema: string, record: RunRecord): Promise<void> {
  const sql = `
    insert into waybill.run (run, pipeline, fingerprint, started_at, target_schema)
    values ($1, $2, $3, $4, $5)
    on conflict (run) do nothing`;
  const { run, pipeline, fingerprint, startedAt } = record;
  await session.queryWithTimeout(sql, [run, pipeline, fingerprint, startedAt, schema], 'record the run');
}

/** Writes the ledger row of a part, within the part's transaction. */
export async function insertEntry(session: Session, schema: string, entry: LedgerEntry): Promise<void> {
  const sql = `
    insert into waybill.part
      (run, mapping, part, after, up_to, read, loaded, rejected, filtered, adjusted, digest, target_schema)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
  const { run, mapping, part, read, loaded, rejected, filtered, adjusted, digest } = entry;
  const range = [part.number, part.after, part.upTo];
  const values = [run, mapping, ...range, read, loaded, rejected, filtered, adjusted, digest, schema];
  await session.queryWithTimeout(sql, values, `record part ${part.number} of ${mapping}`);
}

/** Reads the committed parts of a run, in mapping and part order. */
export async function readEntries(session: Session, run: string): Promise<LedgerEntry[]> {
  if (!(await hasTable(session, 'part'))) return [];
  const sql = `
    select run, mapping, part, after, up_to, read, loaded, rejected, filtered, adjusted, digest
    from waybill.part
    where run = $1
    order by mapping collate "C", part`;
  return (await session.queryWithTimeout(sql, [run], 'read the ledger')).map(entryOf);
}

function entryOf(row: TextRow): LedgerEntry {
  return {
    run: row.run as string,
    mapping: row.mapping as string,
    part: { number: Number(row.part), after: keyOf(row.after), upTo: keyOf(row.up_to) },
    read: Number(row.read),
    loaded: Number(row.loaded),
    rejected: Number(row.rejected),
    filtered: Number(row.filtered),
    adjusted: Number(row.adjusted),
    digest: row.digest as string,
  };
}

/** Keys are stored as one-dimensional arrays. */
function keyOf(text: string | null | undefined): readonly string[] | null {
  return text == null ? null : (parseTextArray(text) as readonly string[]);
}

/** Reads the schema that holds the rows of a run, under its current name; null when the run is unknown. */
export async function readSchemaOf(session: Session, run: string): Promise<string | null> {
  if (!(await hasTable(session, 'part'))) return null;
  const [row] = await session.queryWithTimeout(
    'select target_schema from waybill.run where run = $1',
    [run],
    'read the ledger',
  );
  return row?.target_schema ?? null;
}

/** Reads which runs are loaded into a schema, and whether a cutover made it live. */
export async function readRuns(session: Session, schema: string): Promise<SchemaRuns> {
  if (!(await hasTable(session, 'part'))) return { runs: [], isLive: false };
  const sql = 'select run from waybill.run where target_schema = $1 order by run';
  const rows = await session.queryWithTimeout(sql, [schema], 'list its runs');
  const cutovers = await readCutovers(session);
  const isLive = cutovers.some(({ live, state }) => live === schema && state === 'live');
  return { runs: rows.map(({ run }) => run as string), isLive };
}

/** Deletes the records of a schema that was dropped: its versions, and the ledger rows of every run that was loaded into it. */
export async function forgetSchema(session: Session, schema: string): Promise<void> {
  await forgetVersions(session, schema);
  if (!(await hasTable(session, 'part'))) return;
  await ensureLedger(session);
  for (const table of ['hook', 'replayed', 'resolved', 'part', 'run']) {
    await session.queryWithTimeout(
      `delete from waybill.${table} where target_schema = $1`,
      [schema],
      'forget its runs',
    );
  }
}
