import { Buffer } from 'node:buffer';
import { sumOfDigests } from '../../../core/model/digests.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Reference, Refusal } from '../../../core/ports/ledger.ts';
import type { ReplayBatch, ReplayedRow, ReplayRows } from '../../../core/ports/replay.ts';
import { refusalOf, wrapped } from '../errors.ts';
import { type Naming, quoteNames, quoteText } from '../names.ts';
import { frameOf } from '../row-format/copy-frame.ts';
import type { Session } from '../session.ts';
import { hasTable } from './ledger.ts';
import { countQuery, pairsOf, resolveQuery, resolveValues } from './orphan-sql.ts';
import { readShapes } from './resolve-references.ts';

/** The session and schema of a replay. */
export interface ReplayContext {
  readonly session: Session;
  readonly naming: Naming;
  readonly schema: string;
}

/** Holds the rows until their references are checked. */
const waiting = 'pg_temp.waybill_replay';

/** Implements `ReplayTarget.replay`. The session is outside a transaction before and after. */
export async function replay(context: ReplayContext, batch: ReplayBatch): Promise<Refusal | null> {
  const { session } = context;
  await session.rows('begin; set constraints all immediate', [], `replay ${batch.table}`);
  try {
    await recordReplayed(context, batch);
    const refusal = await load(context, batch);
    if (refusal === null) await correctLedger(context, batch);
    await session.queryWithTimeout(refusal === null ? 'commit' : 'rollback', [], `replay ${batch.table}`);
    return refusal;
  } catch (error) {
    if (!session.isLost) await session.queryWithTimeout('rollback').catch(() => session.destroy());
    throw error;
  }
}

/** Runs first, so that another replay of the same rejects waits here until this one ends. */
async function recordReplayed({ session, schema }: ReplayContext, { run, rejects }: ReplayBatch): Promise<void> {
  const sql = `
    insert into waybill.replayed (run, mapping, place, part, is_loaded, adjusted, digest, note, target_schema)
    select $1, mapping, place, part, is_loaded, adjusted, digest, note, $2
    from unnest($3::text[], $4::text[], $5::integer[], $6::boolean[], $7::integer[], $8::text[], $9::text[])
      as given (mapping, place, part, is_loaded, adjusted, digest, note)
    on conflict do nothing
    returning place`;
  const fields = ['mapping', 'place', 'part', 'isLoaded', 'adjusted', 'digest', 'note'] as const;
  const values = [run, schema, ...fields.map((field) => rejects.map((reject) => reject[field]))];
  const added = await session.rows(sql, values, 'record the replay');
  if (added.length === rejects.length) return;
  throw new WaybillError('run-locked', `Another process just replayed rejects of run ${run}.`, {
    hint: 'Let the other replay finish, then replay the rejects that are left.',
  });
}

/** Loads through a temporary table, where references are resolved before a foreign key checks them. */
async function load(context: ReplayContext, batch: ReplayBatch): Promise<Refusal | null> {
  const { session, naming } = context;
  const isEmpty = !batch.rejects.some((reject) => reject.isLoaded);
  if (isEmpty) return null;
  const columns = 'lines' in batch.rows ? await columnsOfLines(context, batch) : batch.rows.columns.map(plainColumn);
  const names = quoteNames(columns.map(({ name }) => name));
  const stored = quoteNames(columns.filter(({ isGenerated }) => !isGenerated).map(({ name }) => name));
  try {
    await session.script(`
      create temporary table waybill_replay on commit drop as
      select ${names} from ${naming(batch.table)} with no data`);
    await copyIn(session, `copy ${waiting} (${names}) from stdin`, batch.rows);
    await resolveWaiting(
      context,
      batch,
      columns.map(({ name }) => name),
    );
    await session.script(
      `insert into ${naming(batch.table)} (${stored}) overriding system value select ${stored} from ${waiting}`,
    );
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw wrapped(error, session.address, `replay ${batch.table}`);
    return refusal;
  }
  return refusedReference(context, batch);
}

async function copyIn(session: Session, sql: string, rows: ReplayRows): Promise<void> {
  if ('lines' in rows) {
    const copy = session.copyIn(`${sql} (format text)`);
    await copy.write(Buffer.from(rows.lines.map((line) => `${line}\n`).join('')));
    return copy.end();
  }
  const { bytes, ends, count } = rows.encoded;
  const frame = frameOf(rows.format);
  const copy = session.copyIn(`${sql} ${frame.option}`);
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, count === 0 ? 0 : (ends[count - 1] as number));
  for (const part of [frame.head, all, frame.tail]) await copy.write(part);
  await copy.end();
}

interface Loaded {
  readonly name: string;
  readonly isGenerated: boolean;
}

const plainColumn = (name: string): Loaded => ({ name, isGenerated: false });

/** The columns of the rows that resolving deleted: the table's columns at that time. */
async function columnsOfLines(
  { session, naming }: ReplayContext,
  { table, rows }: ReplayBatch,
): Promise<readonly Loaded[]> {
  const [line = ''] = (rows as { readonly lines: readonly string[] }).lines;
  const sql = `
    select attname as name, attgenerated <> '' as is_generated from pg_attribute
    where attrelid = ${quoteText(naming(table))}::regclass and attnum > 0 and not attisdropped order by attnum`;
  const columns = await session.rows(sql, [], `describe ${table}`);
  const known = columns.map((row) => ({ name: row.name as string, isGenerated: row.is_generated === 't' }));
  return known.slice(0, line.split('\t').length);
}

/** Sets nullable references without a parent to null, and records them as resolving does. */
async function resolveWaiting(context: ReplayContext, batch: ReplayBatch, columns: readonly string[]): Promise<void> {
  const { session, schema } = context;
  const mapping = batch.rejects[0]?.mapping ?? null;
  const nullable = batch.references.filter((r) => r.orphan === 'null' && columns.includes(r.column));
  const shape = (await readShapes(context, nullable)).get(batch.table);
  for (const reference of nullable) {
    const sql = resolveQuery(
      parentsOf(context, reference),
      reference,
      { columns: [], key: shape?.key.filter((name) => columns.includes(name)) ?? [] },
      waiting,
    );
    await session.script(sql, resolveValues(batch.run, schema, { ...reference, mapping }));
  }
}

/** The parents of a reference: rows of the batch can refer to each other. */
function parentsOf({ naming }: ReplayContext, reference: Reference): Naming {
  if (reference.parent !== reference.table) return naming;
  const columns = quoteNames([...new Set(pairsOf(reference).map((pair) => pair.parentColumn))]);
  return (table) => `(select ${columns} from ${naming(table)} union all select ${columns} from ${waiting})`;
}

/** Checks the references that no foreign key enforces. */
async function refusedReference({ session, naming }: ReplayContext, batch: ReplayBatch): Promise<Refusal | null> {
  const strict = batch.references.filter((r) => r.orphan === 'reject');
  if (strict.length === 0) return null;
  const sql = countQuery(naming, batch.table, strict, waiting);
  const [row] = await session.rows(sql, [], `look for orphans in ${batch.table}`);
  const broken = strict.find((_, i) => row?.[`n${i}`] !== '0');
  return broken === undefined ? null : { sqlstate: '23503', constraint: null, column: broken.column };
}

async function correctLedger(context: ReplayContext, batch: ReplayBatch): Promise<void> {
  const { session } = context;
  for (const part of new Set(batch.rejects.map((reject) => reject.part))) {
    const own = batch.rejects.filter((reject) => reject.part === part);
    if (part === 0) await forgetResolved(session, batch, own.length);
    else await correctPart(session, batch.run, own);
  }
}

async function correctPart(session: Session, run: string, rejects: readonly ReplayedRow[]): Promise<void> {
  const [{ mapping, part }] = rejects as [ReplayedRow];
  const at = 'run = $1 and mapping = $2 and part = $3';
  const doing = `correct part ${part} of ${mapping}`;
  const [row] = await session.rows(
    `select digest from waybill.part where ${at} for update`,
    [run, mapping, part],
    doing,
  );
  if (row === undefined) throw notInLedger(run, mapping, part);
  const loaded = rejects.filter((reject) => reject.isLoaded).length;
  const adjusted = rejects.reduce((sum, reject) => sum + reject.adjusted, 0);
  const digest = sumOfDigests([row.digest as string, ...rejects.map((reject) => reject.digest)]);
  await session.rows(
    `update waybill.part
    set loaded = loaded + $4, filtered = filtered + $5, rejected = rejected - $4 - $5, adjusted = adjusted + $6, digest = $7
    where ${at}`,
    [run, mapping, part, loaded, rejects.length - loaded, adjusted, digest],
    doing,
  );
}

/** Deletes the records of restored rows. Their parts have always counted them as loaded. */
async function forgetResolved(session: Session, { run, table, rows }: ReplayBatch, count: number): Promise<void> {
  const sql = `
    delete from waybill.resolved s using (
      select id, row_number() over (partition by row_text order by id) as place
      from waybill.resolved where run = $1 and table_name = $2 and action = 'reject'
    ) known, (select line, count(*) as rows from unnest($3::text[]) as line group by line) given
    where s.id = known.id and s.row_text = given.line and known.place <= given.rows
    returning s.id`;
  const { lines } = rows as { readonly lines: readonly string[] };
  const forgotten = await session.rows(sql, [run, table, lines], 'delete the records of resolved rows');
  if (forgotten.length !== count) throw notInLedger(run, table, 0);
}

function notInLedger(run: string, subject: string, part: number): WaybillError {
  const what = part === 0 ? `resolved rows of ${subject}` : `part ${part} of ${subject}`;
  return new WaybillError('run-unknown', `The ledger does not have ${what} of run ${run}.`, {
    hint: 'Name the target that the run was loaded into.',
  });
}

/** Implements `ReplayTarget.replayed`. */
export async function readReplayed(session: Session, run: string): Promise<ReplayedRow[]> {
  if (!(await hasTable(session, 'replayed'))) return [];
  const sql = `
    select mapping, place, part, is_loaded, adjusted, digest, note from waybill.replayed where run = $1 order by id`;
  return (await session.rows(sql, [run], 'read what was replayed')).map((row) => ({
    mapping: row.mapping as string,
    part: Number(row.part),
    place: row.place as string,
    isLoaded: row.is_loaded === 't',
    adjusted: Number(row.adjusted),
    digest: row.digest as string,
    note: row.note as string,
  }));
}
