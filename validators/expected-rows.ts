import type { ValidationContext } from '../core/check.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { RowBatch } from '../core/ports.ts';
import { rowText } from '../core/row-text.ts';
import type { Row } from '../core/value.ts';
import { refusedRows } from './refused-rows.ts';
import { settlingOf } from './settled-lines.ts';

/** Rows that the load must have put into the target, in source order; the three arrays go index by index. */
export interface ExpectedBatch {
  /** Source rows. */
  readonly rows: readonly Row[];
  /** As they were loaded. */
  readonly loaded: readonly string[];
  /** As they must stand now; null where settling took the row out. */
  readonly settled: readonly (string | null)[];
}

/**
 * Reads the source again and maps it again, part by part with a fresh mapper each, as the load did. Rejected, filtered
 * and refused rows are left out.
 */
export async function* expectedRows(
  context: ValidationContext,
  planned: PlannedMapping,
): AsyncGenerator<ExpectedBatch, void, undefined> {
  const { source, partRows } = context;
  const isRefused = await refusedRows(context, planned);
  const settle = settlingOf(planned, context.settled);
  for (const part of await source.parts(planned.source, partRows)) {
    const mapper = planned.mapper();
    for await (const batch of source.read(planned.source, part)) {
      const { rows, loaded } = mapBatch(batch, mapper, isRefused);
      yield { rows, loaded, settled: loaded.map(settle) };
    }
  }
}

function mapBatch(
  batch: RowBatch,
  mapper: ReturnType<PlannedMapping['mapper']>,
  isRefused: (row: Row, line: string) => boolean,
): { rows: readonly Row[]; loaded: readonly string[] } {
  const rows: Row[] = [];
  const loaded: string[] = [];
  for (const row of batch) {
    const mapped = mapper.map(row).row;
    if (mapped === null) continue;
    const line = rowText(mapped);
    if (isRefused(row, line)) continue;
    rows.push(row);
    loaded.push(line);
  }
  return { rows, loaded };
}
