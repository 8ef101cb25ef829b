import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { RowFormat } from '../../core/model/encoded.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Row } from '../../core/model/value.ts';
import type { DirectoryWriter, PartFile } from '../../core/ports/directory.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { failingBatches, failpoint } from '../failpoint.ts';
import { countOfPart } from '../journal/event-counts.ts';
import { type FileFacts, factsOfPart } from '../journal/file-facts.ts';
import { RowRecords, recordsFile } from '../journal/row-records.ts';
import type { RunContext } from '../run-context.ts';
import { type EncodedBatch, type Encoding, encodeTogether, rowsOf } from './encode-part.ts';
import { deal, type Taker } from './fan-out.ts';
import { type MapCounts, mapEncoding } from './map-part.ts';
import { carryEncoding, mapContext, partName, type TransformOutcome, transformedTable } from './part-context.ts';
import type { RejectBudget } from './reject-budget.ts';
import { retryTransaction } from './retry.ts';
import { SideLoad } from './side-load.ts';
import { onlyMore } from './target-end.ts';

/** One part of a staged run. */
export interface StageTask {
  readonly planned: PlannedMapping;
  readonly source: Source;
  readonly part: Part;
  /** null when another mapping of the same table keeps the rows that were read. */
  readonly exporting: DirectoryWriter | null;
  readonly transforming: DirectoryWriter;
  readonly target: Target;
  /** What the target wants. */
  readonly format: RowFormat;
  readonly budget: RejectBudget;
}

type Tell = ReturnType<typeof onlyMore>;

/** A part of a mapping whose files and records are there, as the log tells of it. */
export interface StagedPart {
  readonly outcome: TransformOutcome;
  readonly files: readonly FileFacts[];
}

interface Staged extends StagedPart {
  /** null when a row was refused, or the commit was not acknowledged: the part is to be loaded from its file. */
  readonly entry: LedgerEntry | null;
}

/**
 * Reads a part once: its rows as they were read and as they were mapped become files, and what was mapped is loaded on the
 * way. The part is staged once its event is in the log, and stays so whatever becomes of the load.
 */
export async function stagePart(context: RunContext, task: StageTask): Promise<Staged> {
  const tell = onlyMore({ progress: context.options.progress, planned: task.planned });
  return retryTransaction(
    () => stageOnce(context, task, tell),
    async () => null,
    task.source.rereads === true,
  );
}

async function stageOnce(context: RunContext, task: StageTask, tell: Tell): Promise<Staged> {
  const { planned, part, target, format, budget } = task;
  const { folder, log, options } = context;
  const records = new RowRecords(folder.recordsPath, planned.name, partName(part));
  const counts: MapCounts = { read: 0, rejected: 0, filtered: 0, adjusted: 0 };
  const columns = planned.columns.map((c) => c.name);
  const load = await SideLoad.open({ target, table: planned.target.name, columns, format });
  let isSpent = false;
  try {
    const files = await writeFiles(context, { ...task, records, counts, load, tell });
    budget.spend(planned.name, counts);
    isSpent = true;
    await records.keep();
    failpoint('transform-records-kept');
    const outcome = { mapping: planned.name, part: part.number, ...counts };
    await log.append('staged', outcome, [...files, recordsFile(planned.name, partName(part))]);
    isSpent = false;
    failpoint('part-staged');
    options.progress.records(planned.name, counts);
    const entry = await load.commit({ run: folder.run, mapping: planned.name, part, ...counts });
    if (entry !== null) await log.append('loaded', { counts: [countOfPart(entry)] });
    return { outcome, files, entry };
  } catch (error) {
    if (isSpent) budget.release(planned.name, counts);
    await load.takeBack().catch(() => undefined); // the first error is the one to tell
    await records.giveUp(error);
    throw error;
  }
}

interface Staging extends StageTask {
  readonly records: RowRecords;
  readonly counts: MapCounts;
  readonly load: SideLoad;
  readonly tell: Tell;
}

/** @returns facts of the files. */
async function writeFiles(context: RunContext, staging: Staging): Promise<FileFacts[]> {
  const { planned, source, part, exporting, transforming, format, records, counts, load } = staging;
  const table = planned.source;
  const ofFile = { source, part, format: transforming.rowFormat(planned.columns) };
  const mapping = mapEncoding({ ...mapContext(context, planned, ofFile), records, counts });
  const mapped = { ...mapping, mapRow: onceARow(mapping.mapRow) };
  const loaded = { ...mapped, format, steps: planned.steps(), onFault: () => load.takeBack() };
  const files: FileFacts[] = [];
  const ends: End[] = [
    { encoding: mapped, take: async (batches) => void files.push(await writeMapped(staging, batches)) },
    { encoding: loaded, take: (batches) => load.take(batches) },
  ];
  if (exporting !== null) {
    const encoding = carryEncoding(context, table, exporting.rowFormat(table.columns));
    const take: End['take'] = async (batches) => void files.push(await writeRead(staging, exporting, batches));
    ends.push({ encoding, take });
  }
  const encodings = ends.map(({ encoding }) => encoding);
  const takers = ends.map(({ take }) => take);
  await deal(encodeTogether({ source, table, part }, encodings), takers);
  return files;
}

/** Where the rows of a part go, and how they are wanted there. */
interface End {
  readonly encoding: Encoding;
  readonly take: Taker<EncodedBatch>;
}

/** The file of the rows as they were mapped; what was read is counted and told of here. */
async function writeMapped(staging: Staging, batches: AsyncIterable<EncodedBatch>): Promise<FileFacts> {
  const { planned, part, transforming, counts, tell } = staging;
  let bytes = 0;
  const rows = rowsOf(batches, (read, made) => {
    counts.read += read;
    bytes += made;
    tell(counts.read, bytes);
  });
  const written = failingBatches(rows, 'transform-batch', 'transform-rows-written');
  const file = await transforming.writePart(transformedTable(planned), part, written);
  failpoint('transform-part-named');
  requireRows(file, counts.read - counts.rejected - counts.filtered);
  return factsOfPart('transform', file);
}

/** The file of the rows as they were read. */
async function writeRead(
  { planned, part, counts }: Staging,
  exporting: DirectoryWriter,
  batches: AsyncIterable<EncodedBatch>,
): Promise<FileFacts> {
  const written = failingBatches(rowsOf(batches), 'export-batch', 'export-rows-written');
  const file = await exporting.writePart(planned.source, part, written);
  failpoint('export-part-named');
  requireRows(file, counts.read);
  return factsOfPart('export', file);
}

/** Maps each row once, whoever asks first, so that its records are kept once. */
function onceARow(mapRow: Encoding['mapRow']): Encoding['mapRow'] {
  const mapped = new WeakMap<Row, ReturnType<Encoding['mapRow']>>();
  return (row) => {
    const known = mapped.get(row) ?? mapRow(row);
    mapped.set(row, known);
    return known;
  };
}

function requireRows({ file, rows }: PartFile, counted: number): void {
  if (rows === counted) return;
  throw new WaybillError('internal', `${file} has ${rows} rows where ${counted} were counted.`, {
    hint: 'Report this with the command and the table definition.',
  });
}
