import type { Connector } from '../../core/ports/connector.ts';
import type { Source } from '../../core/ports/source.ts';
import { unavailable } from './fault.ts';
import { openCsv, openDirectory, openDocuments } from './source.ts';
import { parseType } from './types.ts';

/** Directories of JSON Lines: exports by `waybill export`, and object-per-line files from elsewhere. */
export const jsonl: Connector = fileConnector('jsonl', openDirectory);

/** JSON documents with an array for each table. */
export const json: Connector = fileConnector('json', openDocuments);

/** CSV files with a header line, one for each table. */
export const csv: Connector = fileConnector('csv', openCsv);

function fileConnector(name: string, open: (place: string) => Promise<Source>): Connector {
  return {
    name,
    parseType,
    schemaOf: () => null,
    hasSchemaParameter: false,
    openSource: async (url) => open(placeOfUrl(name, url)),
  };
}

/** `jsonl:out` → `out`, `jsonl:/a/b` and `jsonl:///a/b` → `/a/b`. The path is used as written, without percent-decoding. */
export function placeOfUrl(scheme: string, url: string): string {
  const place = url.slice(scheme.length + 1).replace(/^\/\//, '');
  if (place !== '') return place;
  throw unavailable(`The URL "${scheme}:" has no path.`, `Write ${scheme}: and a path.`);
}

export { localFileError } from './local-file.ts';
