import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { digestText } from '../../core/model/digests.ts';
import { RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import type { Row } from '../../core/model/value.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { type FindKeys, findByKeyPrefix } from './find-by-key-prefix.ts';
import { refusedRows } from './refused-rows.ts';
import { resolverOf } from './resolved-rows.ts';

/** A row that the load must have put into the target. */
export interface ExpectedRow {
  /** In the source. */
  readonly row: Row;
  /** As it was mapped. */
  readonly loaded: Row;
  /** As it must stand now: `loaded` itself where resolving left it alone, null where it took the row out. */
  readonly resolved: Row | null;
}

/** Rows that did not arrive, or do not stand, as they were mapped. */
interface Exceptions {
  /** Of any row. */
  expect(row: Row, loaded: Row): ExpectedRow | null;
  /** Target keys of the exceptions, in key order; more of them do no harm. */
  readonly keys: readonly Row[];
}

/**
 * Reads the source again and maps it again, part by part with a fresh mapper each, as the load did. Rejected, filtered
 * and refused rows are left out.
 */
export async function* expectedRows(
  context: ValidationContext,
  planned: PlannedMapping,
): AsyncGenerator<readonly ExpectedRow[], void, undefined> {
  yield* mappedRows(context, planned, (await exceptionsOf(context, planned))?.expect ?? asMapped);
}

const asMapped: Exceptions['expect'] = (row, loaded) => ({ row, loaded, resolved: loaded });

async function* mappedRows(
  { source, parts }: ValidationContext,
  planned: PlannedMapping,
  expect: Exceptions['expect'],
): AsyncGenerator<readonly ExpectedRow[], void, undefined> {
  for (const part of await parts(planned.source)) {
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

/** null when there are none. */
async function exceptionsOf(context: ValidationContext, planned: PlannedMapping): Promise<Exceptions | null> {
  const refused = await refusedRows(context, planned);
  const resolve = resolverOf(planned, context.resolved);
  if (refused === null && resolve === null) return null;
  const { columns, target } = planned;
  const places = target.key.map((name) => columns.findIndex((column) => column.name === name));
  const keyOf = (row: Row): Row => places.map((place) => row[place] ?? null);
  return {
    expect: (row, loaded) =>
      refused?.has(row, loaded) ? null : { row, loaded, resolved: resolve === null ? loaded : resolve(loaded) },
    keys: [
      ...(refused?.mapped ?? []).map(keyOf),
      ...context.resolved.filter(({ table }) => table === target.name).map(({ key }) => key),
    ],
  };
}

export interface ExpectedDigests {
  /** Of the rows as they were loaded, before resolving; what the ledger must hold. */
  readonly loaded: string;
  /** Of the rows as they must stand now. */
  readonly resolved: string;
}

/** Digests over the rows in the target's format; but for exceptions, rows go the fast way, if there is one. */
export async function expectedDigests(
  context: ValidationContext,
  planned: PlannedMapping,
  format: RowFormat,
): Promise<ExpectedDigests> {
  const exceptions = await exceptionsOf(context, planned);
  const find = exceptions === null ? () => [] : finderOf(planned, format, exceptions);
  const task = { context, planned, format, expect: exceptions?.expect ?? asMapped };
  const sums = find === null ? await sumsOfValues(task) : await sumsOfEncoded(task, find, exceptions !== null);
  return { loaded: digestText(sums.loaded), resolved: digestText(sums.resolved) };
}

interface SumTask {
  readonly context: ValidationContext;
  readonly planned: PlannedMapping;
  readonly format: RowFormat;
  readonly expect: Exceptions['expect'];
}

interface Sums {
  readonly loaded: bigint;
  readonly resolved: bigint;
}

/** null where exceptions cannot be told from the bytes of a row, or a row not be mapped without those before it. */
function finderOf(planned: PlannedMapping, format: RowFormat, { keys }: Exceptions): FindKeys | null {
  const isStateful = planned.steps().some(({ rule: { how } }) => how.kind === 'row' && how.isStateful === true);
  return isStateful ? null : findByKeyPrefix(planned, format, keys);
}

/** Sums up all rows as they are encoded, and takes out what the exceptions have added and should not. */
async function sumsOfEncoded(
  { context, planned, format, expect }: SumTask,
  find: FindKeys,
  hasOrigins: boolean,
): Promise<Sums> {
  const hash = rowHash(context, format);
  const mapper = planned.mapper();
  const sums = { loaded: 0n, resolved: 0n };
  for await (const { rows, origin } of context.encodeAgain(planned, format, { hasOrigins })) {
    const sum = context.hashRows(rows);
    sums.loaded += sum;
    sums.resolved += sum;
    for (const place of find(rows)) {
      const row = origin(place);
      const loaded = mapper.map(row).row as Row;
      const before = hash(loaded);
      const expected = expect(row, loaded);
      if (expected === null) sums.loaded -= before;
      sums.resolved += hashOf(expected?.resolved ?? null, hash) - before;
    }
  }
  return sums;
}

/** Maps every row as values, in their order. */
async function sumsOfValues({ context, planned, format, expect }: SumTask): Promise<Sums> {
  const hash = rowHash(context, format);
  const sums = { loaded: 0n, resolved: 0n };
  for await (const batch of mappedRows(context, planned, expect)) {
    for (const { loaded, resolved } of batch) {
      const before = hash(loaded);
      sums.loaded += before;
      sums.resolved += resolved === loaded ? before : hashOf(resolved, hash);
    }
  }
  return sums;
}

/** A row that was taken out adds nothing. */
function hashOf(row: Row | null, hash: (row: Row) => bigint): bigint {
  return row === null ? 0n : hash(row);
}

/** A row that the format cannot hold was refused, and counts for nothing. */
function rowHash({ hashRows }: ValidationContext, format: RowFormat): (row: Row) => bigint {
  const buffer = new RowBuffer();
  return (row) => {
    buffer.clear();
    return buffer.add(format, row) === null ? hashRows(buffer) : 0n;
  };
}
