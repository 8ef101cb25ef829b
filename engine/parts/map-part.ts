import { carrySteps } from '../../core/mapping/mapper.ts';
import type { FastPath } from '../../core/mapping/plan/fast-path.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { RowFormat } from '../../core/model/encoded.ts';
import { type RecordedValue, recordedValue } from '../../core/model/records.ts';
import { rowKey } from '../../core/model/row-key.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { Refusal } from '../../core/ports/ledger.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { RowRecords } from '../journal/row-records.ts';
import { type EncodedBatch, type Encoding, encodePart } from './encode-part.ts';

/** What mapping a part came to so far. */
export interface MapCounts {
  read: number;
  rejected: number;
  filtered: number;
  adjusted: number;
}

/** What a part is mapped with. */
export interface MapContext {
  readonly run: string;
  readonly planned: PlannedMapping;
  readonly source: Source;
  readonly part: Part;
  /** Of the rows that are made. */
  readonly format: RowFormat;
  readonly fastPath: FastPath | null;
  /** See `EncodeTask`. */
  readonly allowsPassthrough: boolean;
  readonly records: RowRecords;
  readonly counts: MapCounts;
  /** Checks a source row against the contract; null when it holds, else the column and rule that it breaks. */
  readonly checkRow: ((row: Row) => { column: string; rule: string } | null) | null;
}

/** Reads, maps and encodes one part; rejects, adjustments and filters are recorded and counted on the way. */
export async function* mapPart(context: MapContext): AsyncGenerator<EncodedBatch, void, undefined> {
  const { planned, source, part, allowsPassthrough: forwards, counts } = context;
  for await (const batch of encodePart({
    source,
    table: planned.source,
    part,
    allowsPassthrough: forwards,
    ...mapEncoding(context),
  })) {
    counts.read += batch.read;
    yield batch;
  }
}

/** How the rows of a part are mapped; counts them, but for those that are read. */
export function mapEncoding(context: Omit<MapContext, 'source' | 'forwards'>): Encoding {
  const { planned, format, fastPath, checkRow } = context;
  const { columns, mapping } = planned;
  const mapper = planned.mapper();
  return {
    ...{ columns, format, filter: mapping.filter, steps: planned.steps() },
    // Only values can be checked.
    fastPath: checkRow === null ? fastPath : null,
    mapRow: (row) => mapRow(context, mapper, row),
    onFault: (row, { place, sqlstate }) =>
      keepRefused(context, row, { sqlstate, constraint: null, column: columns[place]?.name ?? null }),
  };
}

/** A mapping whose rows are made already: a table of the transform directory. */
export function carriedMapping(planned: PlannedMapping, table: TableSchema): PlannedMapping {
  const { filter: _, ...mapping } = planned.mapping;
  return {
    ...planned,
    mapping,
    source: table,
    steps: () => carrySteps(table.columns),
    mapper: () => ({ map: (row) => ({ row, reject: null, filter: null, adjustments: [] }) }),
  };
}

type Kept = Pick<MapContext, 'run' | 'planned' | 'part' | 'records' | 'counts'>;

async function mapRow(
  context: Kept & Pick<MapContext, 'checkRow'>,
  mapper: ReturnType<PlannedMapping['mapper']>,
  row: Row,
): Promise<Row | null> {
  const { counts, records } = context;
  const broken = context.checkRow?.(row) ?? null;
  if (broken !== null) return reject(context, row, broken);
  const mapped = mapper.map(row);
  if (mapped.reject !== null) return reject(context, row, mapped.reject);
  if (mapped.filter !== null) {
    counts.filtered++;
    await records.add({ kind: 'filter', ...about(context, row), rule: mapped.filter });
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
  const kept = { sqlstate: null, constraint: null, row: recordedRow(context.planned, row) };
  await context.records.add({ kind: 'reject', ...about(context, row), stage: 'map', ...cause, ...kept });
  return null;
}

/** Keeps a source row whose mapped row the target refused, or would have. */
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
 * A rejected row as its record keeps it: without what the mapping leaves behind (null instead), so that no password that is
 * not carried stays behind in the run folder.
 */
function recordedRow({ source, mapping }: PlannedMapping, row: Row): RecordedValue[] {
  // A row out of the transform directory is of the target already.
  const isOfSource = source.name === mapping.from;
  const isLeft = (i: number): boolean => isOfSource && Object.hasOwn(mapping.drops, source.columns[i]?.name ?? '');
  return row.map((value, i) => (isLeft(i) ? null : recordedValue(value)));
}

/** The facts that every record of a row holds. */
function about(
  { run, planned, part }: Pick<MapContext, 'run' | 'planned' | 'part'>,
  row: Row,
): { run: string; mapping: string; part: number; key: string } {
  return { run, mapping: planned.name, part: part.number, key: rowKey(planned.source, row) ?? '(no key)' };
}
