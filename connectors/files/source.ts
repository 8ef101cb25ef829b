import { WaybillError } from '../../core/model/errors.ts';
import type { Source } from '../../core/ports/source.ts';
import { parseCsvPlace } from './csv/csv-dialect.ts';
import { csvTable } from './csv/csv-table.ts';
import { arrayPlace, indexDocument } from './documents/document-index.ts';
import { documentTables } from './documents/document-tables.ts';
import { readExportManifest } from './exported/export-manifest.ts';
import { exportedSource } from './exported/exported-source.ts';
import { externalFiles } from './foreign/external-files.ts';
import { type ForeignTable, foreignSource } from './foreign/foreign-source.ts';
import { lineTable } from './foreign/read-foreign.ts';

/**
 * Opens a directory. One with a manifest.json is an export by waybill; one without holds object-per-line files.
 * @throws WaybillError 'source-unavailable' when there is nothing to read, 'part-damaged' | 'not-json' for the manifest.
 */
export async function openDirectory(directory: string): Promise<Source> {
  const manifest = await readExportManifest(directory);
  if (manifest !== null) return closedGuard(exportedSource(directory, manifest));
  const files = await externalFiles(directory, ['.jsonl']);
  return closedGuard(foreignSource(`jsonl:${directory}`, files.map(lineTable)));
}

/**
 * Opens one JSON document or a directory of them, with object-per-line files among them. Each document is walked once.
 * @throws WaybillError 'source-unavailable' when there is nothing to read, 'part-damaged' | 'not-json' for a document.
 */
export async function openDocuments(place: string): Promise<Source> {
  const tables: ForeignTable[] = [];
  const passedOver: string[] = [];
  for (const file of await externalFiles(place, ['.json', '.jsonl'])) {
    if (/\.jsonl(?:\.gz)?$/.test(file.file)) tables.push(lineTable(file));
    else {
      const index = await indexDocument(file);
      tables.push(...documentTables(file, index));
      passedOver.push(...index.passedOver.map((path) => arrayPlace(file.file, [path])));
    }
  }
  return closedGuard(foreignSource(`json:${place}`, tables, asideOf(passedOver)));
}

const MAX_NAMED = 10;

function asideOf(passedOver: readonly string[]): string {
  if (passedOver.length === 0) return '';
  const more = passedOver.length > MAX_NAMED ? ` and ${passedOver.length - MAX_NAMED} more` : '';
  return `; skipped, because they are not arrays of objects: ${passedOver.slice(0, MAX_NAMED).join('; ')}${more}`;
}

/**
 * Opens one CSV file or a directory of them, with the dialect after a question mark (`export?delimiter=;`).
 * @throws WaybillError 'source-unavailable' when there is nothing to read, 'configuration' for a wrong dialect.
 */
export async function openCsv(place: string): Promise<Source> {
  const { path, dialect } = parseCsvPlace(place);
  const files = await externalFiles(path, ['.csv']);
  return closedGuard(
    foreignSource(
      `csv:${path}`,
      files.map((file) => csvTable(file, dialect)),
    ),
  );
}

/** Makes a source refuse questions after it is closed, as one with a connection does. */
function closedGuard(source: Source): Source {
  let isClosed = false;
  const open = <T>(part: T): T => {
    if (!isClosed) return part;
    throw new WaybillError('source-interrupted', `${source.label} was closed.`, { hint: 'Open it again.' });
  };
  const { cells } = source;
  return {
    label: source.label,
    snapshot: source.snapshot,
    inspector: {
      server: async () => open(source.inspector).server(),
      tables: async (...question) => open(source.inspector).tables(...question),
      structure: async (...question) => open(source.inspector).structure(...question),
      count: async (...question) => open(source.inspector).count(...question),
      aggregates: async (...question) => open(source.inspector).aggregates(...question),
      orphans: async (...question) => open(source.inspector).orphans(...question),
      spellings: async (...question) => open(source.inspector).spellings(...question),
      sequences: async (...question) => open(source.inspector).sequences(...question),
      duplicates: async (...question) => open(source.inspector).duplicates(...question),
    },
    parts: async (...question) => open(source).parts(...question),
    async *read(...question) {
      yield* open(source).read(...question);
    },
    ...(cells === undefined ? {} : { cells: (...question) => open(cells)(...question) }),
    async close() {
      isClosed = true;
      await source.close();
    },
  };
}
