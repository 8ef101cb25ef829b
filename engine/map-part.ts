import type { PlannedMapping } from '../core/plan.ts';
import type { OutBatch, Part, RowBatch } from '../core/ports.ts';
import { type RecordedValue, recordedValue } from '../core/records.ts';
import { rowKey } from '../core/row-key.ts';
import { rowText } from '../core/row-text.ts';
import type { Row } from '../core/value.ts';
import type { PartRecords } from './part-records.ts';

/** Mapped rows with the source rows they came from, index by index. */
export interface MappedBatch extends OutBatch {
  readonly origins: readonly Row[];
}

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
  readonly part: Part;
  readonly records: PartRecords;
  readonly counts: MapCounts;
  /** Checks a source row against the contract; null when it holds, else the column and rule that it breaks. */
  readonly checkRow: ((row: Row) => { column: string; rule: string } | null) | null;
}

/** Maps the batches of one part in order; rejects, adjustments and filters are recorded and counted on the way. */
export async function* mapPart(context: MapContext, batches: AsyncIterable<RowBatch>): AsyncGenerator<MappedBatch> {
  const mapper = context.planned.mapper();
  for await (const batch of batches) {
    const rows: Row[] = [];
    const origins: Row[] = [];
    for (const row of batch) {
      const mapped = await mapRow(context, mapper, row);
      if (mapped === null) continue;
      rows.push(mapped);
      origins.push(row);
    }
    if (rows.length > 0) yield { rows, origins, lines: rows.map(rowText) };
  }
}

async function mapRow(
  context: MapContext,
  mapper: ReturnType<PlannedMapping['mapper']>,
  row: Row,
): Promise<Row | null> {
  const { counts, records } = context;
  counts.read++;
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

async function reject(context: MapContext, row: Row, cause: { column: string; rule: string }): Promise<null> {
  context.counts.rejected++;
  const kept = { sqlstate: null, constraint: null, row: keptRow(context.planned, row) };
  await context.records.add({ kind: 'reject', ...about(context, row), stage: 'map', ...cause, ...kept });
  return null;
}

/**
 * A rejected row as its record keeps it: without what the mapping leaves behind (null instead), so that no password that is
 * not carried stays behind in the run folder.
 */
export function keptRow({ source, mapping }: PlannedMapping, row: Row): RecordedValue[] {
  // A row out of the transform directory is of the target already.
  const isOfSource = source.name === mapping.from;
  const isLeft = (i: number): boolean => isOfSource && Object.hasOwn(mapping.drops, source.columns[i]?.name ?? '');
  return row.map((value, i) => (isLeft(i) ? null : recordedValue(value)));
}

/** The facts that every record of a row holds. */
export function about(
  { run, planned, part }: Pick<MapContext, 'run' | 'planned' | 'part'>,
  row: Row,
): { run: string; mapping: string; part: number; key: string } {
  return { run, mapping: planned.name, part: part.number, key: rowKey(planned.source, row) ?? '(no key)' };
}
