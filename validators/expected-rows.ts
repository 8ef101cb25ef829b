import type { ValidationContext } from '../core/check.ts';
import { digestText } from '../core/digests.ts';
import { RowBuffer, type RowFormat } from '../core/encoded.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Row } from '../core/value.ts';
import { refusedRows } from './refused-rows.ts';
import { settlingOf } from './settled-rows.ts';

/** A row that the load must have put into the target. */
export interface ExpectedRow {
  /** In the source. */
  readonly row: Row;
  /** As it was mapped. */
  readonly loaded: Row;
  /** As it must stand now: `loaded` itself where settling left it alone, null where it took the row out. */
  readonly settled: Row | null;
}

type Exceptions = (row: Row, loaded: Row) => ExpectedRow | null;

/**
 * Reads the source again and maps it again, part by part with a fresh mapper each, as the load did. Rejected, filtered
 * and refused rows are left out.
 */
export async function* expectedRows(
  context: ValidationContext,
  planned: PlannedMapping,
): AsyncGenerator<readonly ExpectedRow[], void, undefined> {
  yield* mappedRows(context, planned, (await exceptionsOf(context, planned)) ?? asMapped);
}

const asMapped: Exceptions = (row, loaded) => ({ row, loaded, settled: loaded });

async function* mappedRows(
  { source, partRows }: ValidationContext,
  planned: PlannedMapping,
  expect: Exceptions,
): AsyncGenerator<readonly ExpectedRow[], void, undefined> {
  for (const part of await source.parts(planned.source, partRows)) {
    const mapper = planned.mapper();
    for await (const batch of source.read(planned.source, part)) {
      const expected: ExpectedRow[] = [];
      for (const row of batch) {
        const loaded = mapper.map(row).row;
        const one = loaded === null ? null : expect(row, loaded);
        if (one !== null) expected.push(one);
      }
      yield expected;
    }
  }
}

/** Knows the rows that did not arrive, or do not stand, as they were mapped; null when there are none. */
async function exceptionsOf(context: ValidationContext, planned: PlannedMapping): Promise<Exceptions | null> {
  const isRefused = await refusedRows(context, planned);
  const settle = settlingOf(planned, context.settled);
  if (isRefused === null && settle === null) return null;
  return (row, loaded) => {
    if (isRefused?.(row, loaded)) return null;
    return { row, loaded, settled: settle === null ? loaded : settle(loaded) };
  };
}

export interface ExpectedDigests {
  /** Of the rows as they were loaded, before settling; what the ledger must hold. */
  readonly loaded: string;
  /** Of the rows as they must stand now. */
  readonly settled: string;
}

/** Digests over the rows in the target's format; a table without exceptions goes the fast way, if there is one. */
export async function expectedDigests(
  context: ValidationContext,
  planned: PlannedMapping,
  format: RowFormat,
): Promise<ExpectedDigests> {
  const expect = await exceptionsOf(context, planned);
  const sums = { loaded: 0n, settled: 0n };
  if (expect === null) {
    for await (const rows of context.encodeAgain(planned, format)) sums.loaded += context.hashRows(rows);
    return { loaded: digestText(sums.loaded), settled: digestText(sums.loaded) };
  }
  const hash = rowHash(context, format);
  for await (const batch of mappedRows(context, planned, expect)) {
    for (const { loaded, settled } of batch) {
      const before = hash(loaded);
      sums.loaded += before;
      if (settled !== null) sums.settled += settled === loaded ? before : hash(settled);
    }
  }
  return { loaded: digestText(sums.loaded), settled: digestText(sums.settled) };
}

/** A row that the format cannot hold was refused, and counts for nothing. */
function rowHash({ hashRows }: ValidationContext, format: RowFormat): (row: Row) => bigint {
  const buffer = new RowBuffer();
  return (row) => {
    buffer.clear();
    return buffer.add(format, row) === null ? hashRows(buffer) : 0n;
  };
}
