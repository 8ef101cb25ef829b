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
  if (manifest !== null) return exportedSource(directory, manifest);
  return foreignSource(directory, await foreignFiles(directory));
}
