import { Buffer } from 'node:buffer';
import { sumOfDigests } from '../../../core/model/digests.ts';
import { type EncodedRows, RowBuffer } from '../../../core/model/encoded.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Reference, RefusedRow } from '../../../core/ports/ledger.ts';
import type { ReplayBatch, ReplayedRow } from '../../../core/ports/replay.ts';
import type { Naming } from '../../sql/naming.ts';
import { createInsert, insertIsolating, placeColumn } from '../copy/isolating-insert.ts';
import { StagedRows } from '../copy/staged-rows.ts';
import { quoteName, quoteNames, quoteText } from '../names.ts';
import { textFormat } from '../row-format/text-format.ts';
import type { Session } from '../session.ts';
import { hasTable } from './ledger.ts';
import { isOrphan, pairsOf, resolveQuery, resolveValues } from './orphan-sql.ts';
import { readShapes } from './resolve-references.ts';

/** The session and schema of a replay. */
export interface ReplayContext {
  readonly session: Session;
  readonly naming: Naming;
  readonly schema: string;
}

/** Holds the rows, in the types of their table, until their references are checked. */
const waiting = 'pg_temp.waybill_replay';

/** Implements `ReplayTarget.replay`. The session is outside a transaction before and after. */
export async function replay(context: ReplayContext, batch: ReplayBatch): Promise<readonly RefusedRow[]> {
  const { session } = context;
  const doing = `replay ${batch.table}`;
  await session.rows('begin; set constraints all immediate', [], doing);
  try {
    await recordReplayed(context, batch);
    const refused = await load(context, batch);
    if (refused.length > 0) await forgetRefused(session, batch, refused);
    await correctLedger(context, withoutRefused(batch, refused));
    await session.queryWithTimeout('commit', [], doing);
    return refused;
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

async function forgetRefused(
  session: Session,
  { run, rejects }: ReplayBatch,
  refused: readonly RefusedRow[],
): Promise<void> {
  const own = refused.map(({ row }) => rejects[row] as ReplayedRow);
  await session.rows(
    `delete from waybill.replayed r using unnest($2::text[], $3::text[]) as g (mapping, place)
    where r.run = $1 and r.mapping = g.mapping and r.place = g.place`,
    [run, own.map(({ mapping }) => mapping), own.map(({ place }) => place)],
    'record the replay',
  );
}

function withoutRefused(batch: ReplayBatch, refused: readonly RefusedRow[]): ReplayBatch {
  const gone = new Set(refused.map(({ row }) => row));
  const isLeft = (_: unknown, i: number): boolean => !gone.has(i);
  // Every reject of a batch of lines has its line.
  const rows = 'lines' in batch.rows ? { lines: batch.rows.lines.filter(isLeft) } : batch.rows;
  return { ...batch, rejects: batch.rejects.filter(isLeft), rows };
}

/**
 * Loads through a temporary table, where references are resolved before a foreign key checks them. A row that is refused
 * begins again without it, because other rows may refer to it.
 * @returns the refused rows, by their rejects.
 */
async function load(context: ReplayContext, batch: ReplayBatch): Promise<readonly RefusedRow[]> {
  const loading = batch.rejects.flatMap(({ isLoaded }, i) => (isLoaded ? [i] : []));
  if (loading.length === 0) return [];
  const columns = 'lines' in batch.rows ? await columnsOfLines(context, batch) : batch.rows.columns.map(plainColumn);
  const refused = [...(await stage(context, batch, columns))];
  for (let found = await loadWaiting(context, batch, columns); found.length > 0; ) {
    refused.push(...found);
    await rollBackTo(context, found);
    found = await loadWaiting(context, batch, columns);
  }
  return refused.map(({ row, refusal }) => ({ row: loading[row] as number, refusal })).sort((a, b) => a.row - b.row);
}

const insertName = 'waybill_insert_replay';

/** Fills the temporary table. @returns the rows that its types refuse. */
async function stage(
  { session, naming }: ReplayContext,
  batch: ReplayBatch,
  columns: readonly Loaded[],
): Promise<readonly RefusedRow[]> {
  const names = columns.map(({ name }) => name);
  const stored = columns.filter(({ isGenerated }) => !isGenerated);
  const [into, doing] = [naming(batch.table), `replay ${batch.table}`];
  const inserted = stored.map(({ name }) => ({ name, value: `r.${quoteName(name)}` }));
  await session.rows(
    `create temporary table waybill_replay on commit drop as
      select 0 as ${placeColumn}, ${quoteNames(names)} from ${into} with no data;
    create index on ${waiting} (${placeColumn});
    ${createInsert({ name: insertName, from: waiting, into, columns: inserted })}`,
    [],
    doing,
  );
  const format = 'lines' in batch.rows ? textFormat : batch.rows.format;
  const staged = await StagedRows.create({ session, quotedTable: into, into: waiting, columns: names, format, doing });
  return staged.insert('lines' in batch.rows ? encodedLines(batch.rows.lines) : batch.rows.encoded);
}

function encodedLines(lines: readonly string[]): EncodedRows {
  const buffer = new RowBuffer();
  for (const line of lines) {
    buffer.append(Buffer.from(`${line}\n`));
    buffer.endRow();
  }
  return buffer;
}

/** Resolves the references of the waiting rows and inserts them. @returns those that the table refuses. */
async function loadWaiting(
  context: ReplayContext,
  batch: ReplayBatch,
  columns: readonly Loaded[],
): Promise<readonly RefusedRow[]> {
  const { session } = context;
  await session.queryWithTimeout('savepoint waiting', [], `replay ${batch.table}`);
  await resolveWaiting(
    context,
    batch,
    columns.map(({ name }) => name),
  );
  const refused = await insertIsolating(session, insertName, `replay ${batch.table}`);
  return refused.length > 0 ? refused : refusedReferences(context, batch);
}

async function rollBackTo({ session }: ReplayContext, refused: readonly RefusedRow[]): Promise<void> {
  await session.queryWithTimeout('rollback to savepoint waiting; release savepoint waiting');
  const places = refused.map(({ row }) => row + 1);
  await session.rows(`delete from ${waiting} where ${placeColumn} = any($1::integer[])`, [places]);
}

/** Checks the references that no foreign key enforces. @returns the rows whose parent is not there. */
async function refusedReferences(context: ReplayContext, batch: ReplayBatch): Promise<readonly RefusedRow[]> {
  const refused = new Map<string, RefusedRow>();
  for (const reference of batch.references.filter((r) => r.orphan === 'reject')) {
    const sql = `select ${placeColumn} as place from ${waiting} c where ${isOrphan(context.naming, reference)}`;
    const refusal = { sqlstate: '23503', constraint: null, column: reference.column };
    for (const { place } of await context.session.rows(sql, [], `look for orphans in ${batch.table}`)) {
      refused.set(place as string, { row: Number(place) - 1, refusal });
    }
  }
  return [...refused.values()];
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
