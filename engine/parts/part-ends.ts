import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { byteLength } from '../../core/model/encoded.ts';
import type { Row } from '../../core/model/value.ts';
import { RowRecords } from '../journal/row-records.ts';
import type { RunContext } from '../run-context.ts';
import { rowCheckOf } from './check-rows.ts';
import { type EncodedBatch, type Encoding, encodePart, encodeTogether } from './encode-part.ts';
import { type Consumer, fanOut } from './fan-out.ts';
import { carryEncoding, FileEnd } from './file-end.ts';
import { keepRefused, type MapContext, type MapCounts, mapEncoding } from './map-part.ts';
import { noCounts, type PartJob, recordsNameOf } from './part-job.ts';
import { type LoadTarget, TargetEnd } from './target-end.ts';

/** The open ends of one attempt at a part. */
export interface PartEnds {
  readonly context: RunContext;
  readonly job: PartJob;
  /** Whether rows that the target refuses are isolated. */
  readonly isolates: boolean;
  /** Counts of this attempt. */
  readonly counts: MapCounts;
  /** null when nothing is mapped. */
  readonly records: RowRecords | null;
  readonly exporting: FileEnd | null;
  readonly transforming: FileEnd | null;
  readonly loading: TargetEnd | null;
}

/** Opens the ends of a job. The target's transaction is open when this resolves. */
export async function openEnds(context: RunContext, job: PartJob, isolates: boolean): Promise<PartEnds> {
  const { planned, part, exporting, transforming, loading } = job;
  return {
    ...{ context, job, isolates, counts: { ...noCounts } },
    records: planned && new RowRecords(context.folder.recordsPath, planned.name, recordsNameOf(planned, part)),
    exporting: exporting ? new FileEnd('export', exporting, part) : null,
    transforming: transforming ? new FileEnd('transform', transforming, part) : null,
    loading: loading && planned ? await TargetEnd.open(loading, planned) : null,
  };
}

/** One end of a part: how it wants the rows, and what takes them. */
interface End {
  readonly encoding: Encoding;
  readonly consume: Consumer<EncodedBatch>;
}

/**
 * Reads the part once and hands each batch, encoded once per end, to every end.
 * @param report gets the rows read so far and the bytes that the first end took.
 */
export async function feedEnds(ends: PartEnds, report: (read: number, bytes: number) => void): Promise<void> {
  const { job, counts, exporting, transforming } = ends;
  const { source, table, part } = job;
  const [first, ...others] = endsOf(ends) as [End, ...End[]];
  const consume: End['consume'] = async (batches) => {
    let bytes = 0;
    const reported = async function* (): AsyncGenerator<EncodedBatch> {
      for await (const batch of batches) {
        bytes += byteLength(batch.rows);
        yield batch;
        report(counts.read, bytes);
      }
    };
    await first.consume(reported());
  };
  if (others.length === 0) {
    // Rows that are isolated must be known one by one.
    const allowsPassthrough = job.loading !== undefined && !ends.isolates;
    await consume(counted(encodePart({ source, table, part, allowsPassthrough, ...first.encoding }), counts, (b) => b));
  } else {
    const rounds = encodeTogether(
      { source, table, part },
      [first, ...others].map(({ encoding }) => encoding),
    );
    const consumers = [consume, ...others.map((end) => end.consume)];
    await fanOut(
      counted(rounds, counts, ({ encoders }) => encoders),
      consumers,
    );
  }
  transforming?.requireRows(counts.read - counts.rejected - counts.filtered);
  exporting?.requireRows(counts.read);
}

async function* counted<T extends { readonly read: number }, R>(
  batches: AsyncIterable<T>,
  counts: MapCounts,
  pick: (batch: T) => R,
): AsyncGenerator<R> {
  for await (const batch of batches) {
    counts.read += batch.read;
    yield pick(batch);
  }
}

/** The mapped file first, then the target, then the file of the rows as they were read. */
function endsOf(open: PartEnds): readonly End[] {
  const { context, job, exporting, transforming, loading } = open;
  const ends: End[] = [];
  const mapped = mapContext(open);
  if (mapped !== null && job.transforming && transforming) {
    const encoding = mapEncoding({ ...mapped, format: job.transforming.writer.rowFormat(mapped.planned.columns) });
    const shared = { ...encoding, mapRow: onceARow(encoding.mapRow) };
    ends.push({ encoding: shared, consume: (batches) => transforming.consume(batches) });
    if (job.loading && loading) ends.push(loadBesideFile(shared, mapped.planned, job.loading, loading));
  } else if (mapped !== null && job.loading && loading) {
    const encoding = mapEncoding({ ...mapped, format: job.loading.format });
    ends.push({ encoding, consume: (batches) => load(open, mapped, loading, batches) });
  }
  if (job.exporting && exporting) {
    const format = job.exporting.writer.rowFormat(job.table.columns);
    const encoding = carryEncoding(job.table, format, context.options.fastPath);
    ends.push({ encoding, consume: (batches) => exporting.consume(batches) });
  }
  return ends;
}

/** A row that the target's format cannot hold rolls the load back, as a row that the target refuses does. */
function loadBesideFile(file: Encoding, planned: PlannedMapping, { format }: LoadTarget, loading: TargetEnd): End {
  const encoding = { ...file, format, steps: planned.steps(), onFault: () => loading.rollback() };
  return { encoding, consume: (batches) => loading.consume(batches) };
}

async function load(
  { job, counts, isolates }: PartEnds,
  mapped: Mapped,
  loading: TargetEnd,
  batches: AsyncIterable<EncodedBatch>,
): Promise<void> {
  if (!isolates) return loading.consume(batches);
  await loading.consumeIsolating(batches, async (row, refusal) => {
    await keepRefused(mapped, row, refusal);
    job.budget?.check(mapped.planned.name, counts.rejected);
  });
}

type Mapped = Omit<MapContext, 'format'>;

function mapContext({ context, job, records, counts }: PartEnds): Mapped | null {
  const { planned, part } = job;
  if (planned === null || records === null) return null;
  const { checkRows, fastPath } = context.options;
  const checkRow = checkRows ? rowCheckOf(planned.source) : null;
  return { run: context.folder.run, planned, part, fastPath, checkRow, records, counts };
}

/** Maps each row once, whichever end asks first, so that its records are kept once. */
function onceARow(mapRow: Encoding['mapRow']): Encoding['mapRow'] {
  const mapped = new WeakMap<Row, ReturnType<Encoding['mapRow']>>();
  return (row) => {
    const known = mapped.get(row) ?? mapRow(row);
    mapped.set(row, known);
    return known;
  };
}
