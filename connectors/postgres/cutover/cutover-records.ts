import type { Cutover } from '../../../core/ports/cutover.ts';
import type { Session, TextRow } from '../session.ts';

/**
 * Cutovers in the schema `waybill`, beside the ledger: `cutover` (what became live, and its state), `cutover_write` (the server's
 * write counters at that moment), `brought` (shared rows that an appended tenant added to the schema).
 */
const tables = `
  create schema if not exists waybill;
  create table if not exists waybill.cutover (
    id bigint generated always as identity primary key,
    run text not null,
    pipeline text not null,
    kind text not null check (kind in ('swap', 'append')),
    live_schema text not null,
    shadow_schema text not null,
    before_schema text,
    tenant text,
    state text not null check (state in ('live', 'rolled-back', 'gone')),
    reason text,
    backup_file text,
    backup_bytes bigint,
    backup_sha256 text,
    at timestamptz not null default clock_timestamp()
  );
  create unique index if not exists cutover_live on waybill.cutover (run) where state = 'live';
  create table if not exists waybill.cutover_write (
    run text not null,
    table_name text not null,
    writes text not null,
    primary key (run, table_name)
  );
  create table if not exists waybill.brought (
    run text not null,
    table_name text not null,
    key text not null,
    primary key (run, table_name, key)
  );`;

/** Creates the tables if they are missing. */
export async function ensureCutoverRecords(session: Session): Promise<void> {
  const [row] = await session.rows(`select to_regclass('waybill.brought') as name`);
  if (row?.name == null) await session.rows(tables, [], 'create the schema waybill');
}

/** Reads every cutover, the oldest first. */
export async function readCutovers(session: Session): Promise<Cutover[]> {
  const [there] = await session.rows(`select to_regclass('waybill.cutover') as name`);
  if (there?.name == null) return [];
  const sql = `
    select run, pipeline, kind, live_schema, shadow_schema, before_schema, tenant, state, reason, backup_file, backup_bytes,
      backup_sha256, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from waybill.cutover order by id`;
  return (await session.rows(sql, [], 'read the cutovers')).map(cutoverOf);
}

function cutoverOf(row: TextRow): Cutover {
  const { backup_file: file, backup_bytes: bytes, backup_sha256: sha256 } = row;
  return {
    run: row.run as string,
    pipeline: row.pipeline as string,
    kind: row.kind as Cutover['kind'],
    live: row.live_schema as string,
    shadow: row.shadow_schema as string,
    before: row.before_schema ?? null,
    tenant: row.tenant ?? null,
    state: row.state as Cutover['state'],
    reason: row.reason ?? null,
    backup: file == null ? null : { file, bytes: Number(bytes), sha256: sha256 as string },
    at: row.at as string,
  };
}

/** Records that a run is live, in the transaction that makes it live. */
export async function insertCutover(session: Session, cutover: Cutover): Promise<void> {
  const { run, pipeline, kind, live, shadow, before, tenant, reason, backup } = cutover;
  const sql = `
    insert into waybill.cutover (run, pipeline, kind, live_schema, shadow_schema, before_schema, tenant, state, reason,
      backup_file, backup_bytes, backup_sha256)
    values ($1, $2, $3, $4, $5, $6, $7, 'live', $8, $9, $10, $11)`;
  const file = [backup?.file ?? null, backup?.bytes ?? null, backup?.sha256 ?? null];
  await session.rows(sql, [run, pipeline, kind, live, shadow, before, tenant, reason, ...file], 'record the cutover');
}

/** Records the state of the run's newest cutover, and its shadow schema. */
export async function updateCutover(session: Session, { run, state, shadow }: Cutover): Promise<void> {
  const sql = `
    update waybill.cutover set state = $2, shadow_schema = $3, at = clock_timestamp()
    where id = (select max(id) from waybill.cutover where run = $1)`;
  await session.rows(sql, [run, state, shadow], 'record the change');
}

/** Records the server's write counters, so that a rollback can detect later writes. */
export async function insertWrites(session: Session, run: string, writes: ReadonlyMap<string, string>): Promise<void> {
  await session.rows('delete from waybill.cutover_write where run = $1', [run]);
  const sql =
    'insert into waybill.cutover_write (run, table_name, writes) select $1, t.* from unnest($2::text[], $3::text[]) t';
  await session.rows(sql, [run, [...writes.keys()], [...writes.values()]], 'record the write counters');
}

/** Reads the write counters that were recorded at the cutover of a run. */
export async function readRecordedWrites(session: Session, run: string): Promise<Map<string, string>> {
  const rows = await session.rows('select table_name, writes from waybill.cutover_write where run = $1', [run]);
  return new Map(rows.map(({ table_name: name, writes }) => [name as string, writes as string]));
}
