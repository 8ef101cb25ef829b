import { WaybillError } from '../../core/errors.ts';
import type { Source } from '../../core/ports.ts';
import { exportedSource } from './exported-source.ts';
import { foreignFiles } from './foreign-files.ts';
import { foreignSource } from './foreign-source.ts';
import { readManifest } from './manifest.ts';

/**
 * Opens a directory: one with a manifest.json is an export of waybill, one without is taken for object-per-line files.
 * @throws WaybillError 'source-unavailable' when there is nothing to read, 'part-damaged' | 'not-json' for the manifest.
 */
export async function openDirectory(directory: string): Promise<Source> {
  const manifest = await readManifest(directory);
  const source =
    manifest === null ? foreignSource(directory, await foreignFiles(directory)) : exportedSource(directory, manifest);
  return closable(source);
}

/** Files need no closing; but a source that was closed says so, as one with a connection does. */
function closable(source: Source): Source {
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
      tables: async (...question) => open(source.inspector).tables(...question),
      count: async (...question) => open(source.inspector).count(...question),
      aggregates: async (...question) => open(source.inspector).aggregates(...question),
      orphans: async (...question) => open(source.inspector).orphans(...question),
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
