import type { Adjustment, Mapper } from '../../core/mapping/mapper.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { isSourceRow, rowOfReject } from '../../core/mapping/plan/rejected-row.ts';
import { RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import { type AdjustmentRecord, type RejectRecord, type RowRecord, recordedValue } from '../../core/model/records.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { Refusal } from '../../core/ports/ledger.ts';
import type { ReplayedRow } from '../../core/ports/replay.ts';
import type { Replays } from '../journal/replayed-records.ts';
import { type PlacedRecord, readPlaced } from '../journal/row-records.ts';
import { rowCheckOf } from '../parts/check-rows.ts';
import { Digest } from '../parts/digest.ts';
import type { RunContext } from '../run-context.ts';
import type { Reject } from './reject-causes.ts';

/** A reject that is ready to be loaded or recorded as filtered. */
export interface ReadyRow {
  readonly reject: Reject;
  readonly replayed: ReplayedRow;
  /** null: nothing to load. A string is a row that was rejected when references were resolved. */
  readonly row: Row | string | null;
}

interface Prepared {
  readonly rows: readonly ReadyRow[];
  /** The rejects that the mapping rejects again. */
  readonly refused: readonly Unreplayed[];
}

/** The outcome for one rejected row. */
type Outcome = ReadyRow | Unreplayed;

/** Maps rejected rows again, in the order in which they were read. */
export async function prepareReplay(
  context: RunContext,
  planned: PlannedMapping,
  rejects: readonly Reject[],
  format: RowFormat,
): Promise<Prepared> {
  const wanted = new Map(rejects.map((reject) => [reject.place, reject]));
  const placed: PlacedRecord[] = [];
  for await (const one of readPlaced(context.folder.recordsPath, planned.name)) placed.push(one);
  const preparing = { planned, format, adjustments: adjustmentsOf(placed), check: rowCheckOf(asRecorded(planned)) };
  const mappers = new Map<number, Mapper>();
  const prepared = { rows: [] as ReadyRow[], refused: [] as Unreplayed[] };
  for (const { place, record } of placed) {
    if (record.kind !== 'reject') continue;
    const mapper = mappers.get(record.part) ?? planned.mapper();
    mappers.set(record.part, mapper);
    // Rules that count equal neighbours must see every row, including rejects that were not picked.
    const outcome = outcomeOf({ ...preparing, mapper }, { place, planned, record });
    if (!wanted.has(place)) continue;
    if ('cause' in outcome) prepared.refused.push(outcome);
    else prepared.rows.push(outcome);
  }
  return prepared;
}

/** Columns that the mapping drops are recorded as null. */
function asRecorded({ source, mapping }: PlannedMapping): TableSchema {
  const columns = source.columns.map((c) => (Object.hasOwn(mapping.drops, c.name) ? { ...c, nullable: true } : c));
  return { ...source, columns };
}

interface Preparing {
  readonly planned: PlannedMapping;
  readonly format: RowFormat;
  readonly mapper: Mapper;
  readonly adjustments: (reject: Reject) => readonly PlacedRecord[];
  readonly check: ReturnType<typeof rowCheckOf>;
}

function outcomeOf(preparing: Preparing, reject: Reject): Outcome {
  const { record } = reject;
  const row = rowOfReject(record);
  if (row === null) return ready(reject, String(record.row), { adjusted: 0, gone: [], records: [] });
  if (!isSourceRow(preparing.planned, record, row)) return mappedBefore(preparing, reject, row);
  if (record.unread !== undefined) return { reject, cause: { rule: 'unreadable', column: record.column ?? '' } };
  const broken = record.rule === 'row-contract' ? preparing.check(row) : null;
  if (broken !== null) return { reject, cause: broken };
  const mapped = preparing.mapper.map(row);
  if (mapped.reject !== null) return { reject, cause: mapped.reject };
  const change = changeOf(preparing, reject, mapped.adjustments, mapped.filter);
  return mapped.row === null ? ready(reject, null, change) : encodable(preparing, reject, mapped.row, change);
}

/** A staged load recorded the row as it was mapped, adjustments included. */
function mappedBefore(preparing: Preparing, reject: Reject, row: Row): Outcome {
  if (row.length !== preparing.planned.columns.length)
    return { reject, cause: { rule: 'columns-changed', column: '' } };
  return encodable(preparing, reject, row, { adjusted: 0, gone: [], records: [] });
}

interface Change extends Replays {
  readonly adjusted: number;
}

function encodable({ planned, format }: Preparing, reject: Reject, row: Row, change: Change): Outcome {
  const buffer = new RowBuffer(1024, 1);
  const fault = buffer.add(format, row);
  if (fault !== null) {
    const column = planned.columns[fault.place]?.name ?? null;
    return { reject, cause: { sqlstate: fault.sqlstate, constraint: null, column } };
  }
  const digest = new Digest();
  digest.add(buffer);
  return ready(reject, row, change, digest.toString());
}

const noDigest = '0'.repeat(16);

function ready(reject: Reject, row: ReadyRow['row'], change: Change, digest = noDigest): ReadyRow {
  const { place, planned, record } = reject;
  const note = JSON.stringify({ gone: [place, ...change.gone], records: change.records } satisfies Replays);
  const { adjusted } = change;
  return {
    reject,
    row,
    replayed: { mapping: planned.name, part: record.part, place, isLoaded: row !== null, adjusted, digest, note },
  };
}

/** The new adjustments replace those that were recorded when the row was first mapped. */
function changeOf(
  { adjustments }: Preparing,
  reject: Reject,
  found: readonly Adjustment[],
  filter: string | null,
): Change {
  const { run, mapping, part, key } = reject.record;
  const about = { run, mapping, part, key };
  const now: AdjustmentRecord[] = found.map(({ column, rule, from, to }) => ({
    ...{ kind: 'adjustment' as const, ...about, rule, column },
    ...{ from: recordedValue(from), to: recordedValue(to) },
  }));
  const filtered: RowRecord[] = filter === null ? [] : [{ kind: 'filter', ...about, rule: filter }];
  const before = adjustments(reject);
  if (reject.planned.source.key.length === 0) return additionsTo(before, now, filtered);
  const texts = before.map(({ record }) => contentOf(record as AdjustmentRecord)).sort();
  const isSame = JSON.stringify(now.map(contentOf).sort()) === JSON.stringify(texts);
  if (isSame && filter === null) return { adjusted: 0, gone: [], records: [] };
  return {
    adjusted: now.length - before.length,
    gone: before.map(({ place }) => place),
    records: [...now, ...filtered],
  };
}

/** Rows without a key are indistinguishable, so the records of all of them stay. */
function additionsTo(
  before: readonly PlacedRecord[],
  now: readonly AdjustmentRecord[],
  filtered: readonly RowRecord[],
): Change {
  const known = new Set(before.map(({ record }) => contentOf(record as AdjustmentRecord)));
  const added = now.filter((each) => !known.has(contentOf(each)));
  return { adjusted: added.length, gone: [], records: [...added, ...filtered] };
}

function contentOf({ column, rule, from, to }: AdjustmentRecord): string {
  return JSON.stringify([column, rule, from, to]);
}

/** Finds the recorded adjustments of a row that the target refused. */
function adjustmentsOf(placed: readonly PlacedRecord[]): (reject: Reject) => readonly PlacedRecord[] {
  const byRow = new Map<string, PlacedRecord[]>();
  for (const one of placed) {
    if (one.record.kind !== 'adjustment' || one.place.startsWith('resolved ')) continue;
    const id = rowOf(one.record);
    byRow.set(id, [...(byRow.get(id) ?? []), one]);
  }
  return ({ record }) => (record.stage === 'load' ? (byRow.get(rowOf(record)) ?? []) : []);
}

function rowOf({ part, key }: RejectRecord | AdjustmentRecord): string {
  return `${part} ${key}`;
}

/** A reject that could not be replayed, and why. */
export interface Unreplayed {
  readonly reject: Reject;
  readonly cause: Refusal | { readonly rule: string; readonly column: string };
}
