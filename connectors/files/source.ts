import type { Source } from '../../core/ports/source.ts';
import { closedGuard } from './closed-guard.ts';
import { parseCsvPlace } from './csv/csv-dialect.ts';
import { csvTable } from './csv/csv-table.ts';
import { indexDocument, placeOf } from './documents/document-index.ts';
import { documentTables } from './documents/document-tables.ts';
import { exportedSource } from './exported/exported-source.ts';
import { readManifest } from './exported/manifest.ts';
import { externalFiles } from './foreign/external-files.ts';
import { type ForeignTable, foreignSource } from './foreign/foreign-source.ts';
import { lineTable } from './foreign/read-foreign.ts';

/**
 * Opens a directory: one with a manifest.json is an export of waybill, one without is taken for object-per-line files.
 * @throws WaybillError 'source-unavailable' when there is nothing to read, 'part-damaged' | 'not-json' for the manifest.
 */
export async function openDirectory(directory: string): Promise<Source> {
  const manifest = await readManifest(directory);
  if (manifest !== null) return closedGuard(exportedSource(directory, manifest));
  const files = await externalFiles(directory, ['.jsonl']);
  return closedGuard(foreignSource(`jsonl:${directory}`, files.map(lineTable)));
}

/**
 * Opens JSON documents, one or a directory of them, and object-per-line files among them. Each document is gone over once.
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
      passedOver.push(...index.passedOver.map((path) => placeOf(file.file, [path])));
    }
  }
  return closedGuard(foreignSource(`json:${place}`, tables, asideOf(passedOver)));
}

const MAX_NAMED = 10;

function asideOf(passedOver: readonly string[]): string {
  if (passedOver.length === 0) return '';
  const more = passedOver.length > MAX_NAMED ? ` and ${passedOver.length - MAX_NAMED} more` : '';
  return `; passed over, since they are no arrays of objects: ${passedOver.slice(0, MAX_NAMED).join('; ')}${more}`;
}

/**
 * Opens CSV files, one or a directory of them, with the dialect behind a question mark (`export?delimiter=;`).
 * @throws WaybillError 'source-unavailable' when there is nothing to read, 'configuration' for the dialect.
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
