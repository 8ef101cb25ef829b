import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { digestText } from '../../core/model/digests.ts';
import { RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import type { Row } from '../../core/model/value.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { type FindKeys, findByKeyPrefix } from './find-by-key-prefix.ts';
import { refusedRows } from './refused-rows.ts';
import { remap } from './remap.ts';
import { resolverOf } from './resolved-rows.ts';

/** A row that the load must have written to the target. */
export interface ExpectedRow {
  /** The source row. */
  readonly row: Row;
  /** The mapped row. */
  readonly loaded: Row;
  /** The row as the target must hold it now: `loaded` itself if resolving did not change it, null if it removed it. */
  readonly resolved: Row | null;
}

/** Rows that the target does not hold as they were mapped: refused or resolved ones. */
interface Exceptions {
  /** Corrects any mapped row; null when it was refused. */
  expect(row: Row, loaded: Row): ExpectedRow | null;
  /** Target keys of the exceptions, in key order; may include keys of other rows. */
  readonly keys: readonly Row[];
}

/** Reads the source of a mapping again and maps it again, without rejected, filtered and refused rows. */
export async function* expectedRows(
  context: ValidationContext,
  planned: PlannedMapping,
): AsyncGenerator<readonly ExpectedRow[], void, undefined> {
  yield* mappedRows(context, planned, (await exceptionsOf(context, planned))?.expect ?? asMapped);
}

const asMapped: Exceptions['expect'] = (row, loaded) => ({ row, loaded, resolved: loaded });

async function* mappedRows(
  context: ValidationContext,
  planned: PlannedMapping,
  expect: Exceptions['expect'],
): AsyncGenerator<readonly ExpectedRow[], void, undefined> {
  for await (const batch of remap(context, planned)) {
    yield batch.flatMap(({ row, mapped }) => (mapped.row === null ? [] : (expect(row, mapped.row) ?? [])));
  }
}

/** Null when there are none. */
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

/** Digests over the expected rows of one mapping. */
export interface ExpectedDigests {
  /** Covers the rows as loaded, before resolving; the ledger must hold the same. */
  readonly loaded: string;
  /** Covers the rows as the target must hold them now. */
  readonly resolved: string;
}

/** Computes digests over the rows in the target's format. Apart from exceptions, rows take the fast path if there is one. */
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

/** Null when the bytes of a row do not show whether it is an exception, or a row cannot be mapped without the rows before it. */
function finderOf(planned: PlannedMapping, format: RowFormat, { keys }: Exceptions): FindKeys | null {
  const isStateful = planned.steps().some(({ rule: { how } }) => how.kind === 'row' && how.isStateful === true);
  return isStateful ? null : findByKeyPrefix(planned, format, keys);
}

/** Sums up all encoded rows, and then corrects the sums for the exceptions. */
async function sumsOfEncoded(
  { context, planned, format, expect }: SumTask,
  find: FindKeys,
  hasOrigins: boolean,
): Promise<Sums> {
  const [hash, ledgerHash] = rowHashes(context, format);
  const mapper = planned.mapper();
  const sums = { loaded: 0n, resolved: 0n };
  for await (const { rows, origin } of context.encodeAgain(planned, format, { hasOrigins })) {
    sums.loaded += context.ledgerHash(rows);
    sums.resolved += context.hashRows(rows);
    for (const place of find(rows)) {
      const row = origin(place);
      const loaded = mapper.map(row).row as Row;
      const expected = expect(row, loaded);
      if (expected === null) sums.loaded -= ledgerHash(loaded);
      sums.resolved += hashOf(expected?.resolved ?? null, hash) - hash(loaded);
    }
  }
  return sums;
}

/** Maps every row as values, in order. */
async function sumsOfValues({ context, planned, format, expect }: SumTask): Promise<Sums> {
  const [hash, ledgerHash] = rowHashes(context, format);
  const sums = { loaded: 0n, resolved: 0n };
  for await (const batch of mappedRows(context, planned, expect)) {
    for (const { loaded, resolved } of batch) {
      sums.loaded += ledgerHash(loaded);
      sums.resolved += hashOf(resolved, hash);
    }
  }
  return sums;
}

/** A removed row adds nothing. */
function hashOf(row: Row | null, hash: (row: Row) => bigint): bigint {
  return row === null ? 0n : hash(row);
}

type RowSum = (row: Row) => bigint;

/** The hash of this validation and that of the ledger. A row that the format cannot hold was refused, and adds nothing. */
function rowHashes({ hashRows, ledgerHash }: ValidationContext, format: RowFormat): readonly [RowSum, RowSum] {
  const buffer = new RowBuffer();
  const over =
    (hash: typeof hashRows): RowSum =>
    (row) => {
      buffer.clear();
      return buffer.add(format, row) === null ? hash(buffer) : 0n;
    };
  return [over(hashRows), over(ledgerHash)];
}
