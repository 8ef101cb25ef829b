import type { Connector } from '../../core/ports.ts';
import { unavailable } from './fault.ts';
import { openDirectory } from './source.ts';
import { parseType } from './types.ts';

/** Directories of JSON Lines: what `waybill export` writes, and object-per-line files made elsewhere. */
export const jsonl: Connector = {
  name: 'jsonl',
  parseType,
  openSource: async (url) => openDirectory(directoryOf(url)),
};

/** `jsonl:out` → `out`, `jsonl:/a/b` and `jsonl:///a/b` → `/a/b`. The path is taken as it is, without percent-decoding. */
export function directoryOf(url: string): string {
  const directory = url.replace(/^jsonl:(?:\/\/)?/, '');
  if (directory !== '') return directory;
  throw unavailable('The URL "jsonl:" names no directory.', 'Write jsonl: and the path of a directory.');
}
