import type { FastPath } from '../../core/mapping/plan/fast-path.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { RowFormat } from '../../core/model/encoded.ts';
import { type RecordedValue, recordedValue } from '../../core/model/records.ts';
import { rowKey } from '../../core/model/row-key.ts';
import { type Row, UnreadableRow, type UnreadValue } from '../../core/model/value.ts';
import type { Refusal } from '../../core/ports/ledger.ts';
import type { Part } from '../../core/ports/source.ts';
import type { RowRecords } from '../journal/row-records.ts';
import type { Encoding } from './encode-part.ts';

/** Running counts of a part. */
export interface MapCounts {
  read: number;
  rejected: number;
  filtered: number;
  adjusted: number;
}

/** Everything that mapping a part needs. */
export interface MapContext {
  readonly run: string;
  readonly planned: PlannedMapping;
  readonly part: Part;
  /** The format of the mapped rows. */
  readonly format: RowFormat;
  readonly fastPath: FastPath | null;
  readonly records: RowRecords;
  readonly counts: MapCounts;
  /** Returns the column and rule that a source row violates, or null. The whole check is null when it is not requested. */
  readonly checkRow: ((row: Row) => { column: string; rule: string } | null) | null;
}

/** Encodes the mapped rows of a part. Rejects, filters and adjustments are recorded and counted; rows read are not. */
export function mapEncoding(context: MapContext): Encoding {
  const { planned, format, fastPath, checkRow } = context;
  const { columns, mapping } = planned;
  const mapper = planned.mapper();
  return {
    ...{ columns, format, filter: mapping.filter, steps: planned.steps() },
    // The check needs values, which the fast path does not make.
    fastPath: checkRow === null ? fastPath : null,
    mapRow: (row) => mapRow(context, mapper, row),
    onFault: (row, { place, sqlstate }) =>
      keepRefused(context, row, { sqlstate, constraint: null, column: columns[place]?.name ?? null }),
  };
}

type Kept = Pick<MapContext, 'run' | 'planned' | 'part' | 'records' | 'counts'>;

async function mapRow(
  context: Kept & Pick<MapContext, 'checkRow'>,
  mapper: ReturnType<PlannedMapping['mapper']>,
  row: Row,
): Promise<Row | null> {
  const { counts, records } = context;
  const broken = row instanceof UnreadableRow ? null : (context.checkRow?.(row) ?? null);
  if (broken !== null) return reject(context, row, broken);
  const mapped = mapper.map(row);
  if (mapped.reject !== null) return reject(context, row, mapped.reject);
  if (mapped.filter !== null) {
    counts.filtered++;
    const differs = mapped.differs?.map(({ column, value }) => ({ column, value: recordedValue(value) }));
    await records.add({ kind: 'filter', ...about(context, row), rule: mapped.filter, ...(differs && { differs }) });
    return null;
  }
  for (const { column, rule, from, to } of mapped.adjustments) {
    counts.adjusted++;
    const change = { column, from: recordedValue(from), to: recordedValue(to) };
    await records.add({ kind: 'adjustment', ...about(context, row), rule, ...change });
  }
  return mapped.row;
}

async function reject(context: Kept, row: Row, cause: { column: string; rule: string }): Promise<null> {
  context.counts.rejected++;
  const unread = unreadValues(context.planned, row);
  const kept = { sqlstate: null, constraint: null, row: recordedRow(context.planned, row) };
  await context.records.add({
    ...{ kind: 'reject', ...about(context, row), stage: 'map', ...cause, ...kept },
    ...(unread.length === 0 ? {} : { unread }),
  });
  return null;
}

/** What could not be read of the columns that the mapping does not drop. */
function unreadValues({ mapping }: PlannedMapping, row: Row): readonly UnreadValue[] {
  if (!(row instanceof UnreadableRow)) return [];
  return [...row.unread.values()].filter(({ column }) => !Object.hasOwn(mapping.drops, column));
}

/** Rejects a source row whose mapped row the target refused or its format cannot hold. */
export async function keepRefused(context: Kept, row: Row, refusal: Refusal): Promise<void> {
  context.counts.rejected++;
  const kept = {
    ...about(context, row),
    rule: 'refused',
    stage: 'load' as const,
    row: recordedRow(context.planned, row),
  };
  await context.records.add({ kind: 'reject', ...kept, ...refusal });
}

/**
 * A rejected row as its record holds it. Columns that the mapping drops are null, so that no dropped password stays in the
 * run folder.
 */
function recordedRow(planned: PlannedMapping, row: Row): RecordedValue[] {
  const { source, mapping } = planned;
  const isDropped = (i: number): boolean => Object.hasOwn(mapping.drops, source.columns[i]?.name ?? '');
  return row.map((value, i) => (isOfSource(planned) && isDropped(i) ? null : recordedValue(value)));
}

/** Whether the mapping reads its source table. If not, it reads rows that an earlier stage has mapped. */
export function isOfSource({ source, mapping }: PlannedMapping): boolean {
  return source.name === mapping.from;
}

/** The fields that every record of a row has. */
function about(
  { run, planned, part }: Pick<MapContext, 'run' | 'planned' | 'part'>,
  row: Row,
): { run: string; mapping: string; part: number; key: string } {
  return { run, mapping: planned.name, part: part.number, key: rowKey(planned.source, row) ?? '(no key)' };
}
