import { join } from 'node:path';
import type { EncodedRows } from '../../../core/model/encoded.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { TableName, TableSchema } from '../../../core/model/schema.ts';
import type { DirectoryWriter, PartFile } from '../../../core/ports/directory.ts';
import { partName } from '../../../core/ports/part-name.ts';
import type { Part, Sequence, Snapshot } from '../../../core/ports/source.ts';
import { makeFolder } from '../../../storage/make-folder.ts';
import { writeFault } from '../fault.ts';
import { type ExportedTable, type ExportManifest, exportManifestFile, exportManifestText } from './export-manifest.ts';
import { manifestColumn } from './export-manifest-schema.ts';
import { exportedSource } from './exported-source.ts';
import { headerLine } from './header.ts';
import { writeExported, writePartFile } from './part-file.ts';
import { jsonFormat } from './row-format.ts';

/**
 * Opens a directory for an export and creates it with mode 0700 if it is missing. With `gzip`, part files are packed.
 * @throws WaybillError 'disk-full' | 'target-unavailable' when it cannot be created.
 */
export async function createDirectoryWriter(
  directory: string,
  options: { readonly gzip: boolean },
): Promise<DirectoryWriter> {
  await makeDirectory(directory, directory);
  return {
    writePart: (table, part, batches) => writePart({ directory, gzip: options.gzip, table, part }, batches),
    rowFormat: jsonFormat,
    partSource: (table, file) => exportedSource(directory, manifestOf([table], [file], alone, null)),
    finish: (tables, files, snapshot, sequences = null) =>
      finish(directory, wholeManifestOf(tables, files, snapshot, sequences)),
  };
}

/** The snapshot of a single part. */
const alone: Snapshot = { isConsistent: true, note: '' };

interface PartTask {
  readonly directory: string;
  readonly gzip: boolean;
  readonly table: TableSchema;
  readonly part: Part;
}

async function writePart(task: PartTask, batches: AsyncIterable<EncodedRows>): Promise<PartFile> {
  const { directory, table, part } = task;
  const folder = folderName(table.name);
  const file = `${folder}/${partName(part)}.jsonl${task.gzip ? '.gz' : ''}`;
  await makeDirectory(join(directory, folder), folder);
  const counted = { rows: 0 };
  const written = await writePartFile(join(directory, file), file, headerAndRows(table, batches, counted));
  return { table: table.name, part, file, rows: counted.rows, ...written };
}

async function* headerAndRows(
  table: TableSchema,
  batches: AsyncIterable<EncodedRows>,
  counted: { rows: number },
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${headerLine(table.name, table.columns)}\n`, 'utf8');
  for await (const { count, bytes, ends } of batches) {
    counted.rows += count;
    if (count > 0) yield bytes.subarray(0, ends[count - 1]);
  }
}

/** Makes a table's folder name. Characters that a path cannot hold are percent-encoded, so that two names never collide. */
function folderName(table: TableName): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among what is encoded
  return table.replace(/[\u0000-\u001f"%*/:<>?\\|]|^\./g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

async function makeDirectory(path: string, label: string): Promise<void> {
  try {
    await makeFolder(path);
  } catch (error) {
    throw writeFault(label, error);
  }
}

async function finish(directory: string, manifest: ExportManifest): Promise<void> {
  const text = exportManifestText(manifest);
  await writeExported(join(directory, exportManifestFile), exportManifestFile, (sink) =>
    sink(Buffer.from(text, 'utf8')),
  );
}

function wholeManifestOf(
  tables: readonly TableSchema[],
  files: readonly PartFile[],
  snapshot: Snapshot,
  sequences: readonly Sequence[] | null,
): ExportManifest {
  const stray = files.find((file) => !tables.some((table) => table.name === file.table));
  if (stray !== undefined) throw misused(`${stray.file} belongs to no table of the export`);
  const whole = manifestOf(tables, files, snapshot, sequences);
  for (const { name, parts } of whole.tables) {
    if (parts.some((part, i) => part.number !== i + 1))
      throw misused(`the parts of ${name} are not numbered 1 to ${parts.length}`);
  }
  return whole;
}

function manifestOf(
  tables: readonly TableSchema[],
  files: readonly PartFile[],
  snapshot: Snapshot,
  sequences: readonly Sequence[] | null,
): ExportManifest {
  return {
    waybill: 1,
    format: 'jsonl',
    snapshot: { isConsistent: snapshot.isConsistent, note: snapshot.note },
    ...(sequences === null ? {} : { sequences: sequences.map(manifestSequence) }),
    tables: tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((table) => manifestTable(table, files)),
  };
}

/** Members have a fixed order, so that the text is always the same. */
function manifestSequence({ name, next, increment, cycles, columns }: Sequence): Sequence {
  return { name, next, increment, cycles, columns: columns.map(({ table, column }) => ({ table, column })) };
}

function manifestTable(table: TableSchema, files: readonly PartFile[]): ExportedTable {
  const own = files.filter((file) => file.table === table.name).toSorted((a, b) => a.part.number - b.part.number);
  return {
    name: table.name,
    columns: table.columns.map(manifestColumn),
    key: table.key,
    unique: table.unique,
    parts: own.map(({ part, file, rows, bytes, sha256 }) => {
      return { number: part.number, after: part.after, upTo: part.upTo, file, rows, bytes, sha256 };
    }),
  };
}

function misused(what: string): WaybillError {
  return new WaybillError('internal', `Cannot finish the export: ${what}.`, { hint: 'Report this with the command.' });
}
