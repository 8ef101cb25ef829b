import { basename, extname } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';

/** A database file, parsed from a URL. */
export interface SqliteAddress {
  readonly path: string;
  /** What its one schema is called: the name of the file without its extension. */
  readonly schema: string;
  /** `sqlite:/data/shop.db` */
  readonly label: string;
}

/**
 * Parses `sqlite:shop.db`, `sqlite:/data/shop.db` or `sqlite:///data/shop.db`. The path is used as written, without
 * percent-decoding.
 * @throws WaybillError 'configuration' when the URL names no file.
 */
export function parseAddress(url: string): SqliteAddress {
  const path = url.slice('sqlite:'.length).replace(/^\/\//, '');
  if (path === '' || path.endsWith('/')) throw misread('names no file');
  if (path === ':memory:') throw misread('names no file, but a database in memory');
  return { path, schema: basename(path, extname(path)), label: `sqlite:${path}` };
}

/** The schema of the file that a URL names. @throws as `parseAddress`. */
export function schemaOf(url: string): string {
  return parseAddress(url).schema;
}

function misread(what: string): WaybillError {
  return new WaybillError('configuration', `The URL of the SQLite source ${what}.`, {
    hint: 'Write sqlite:shop.db or sqlite:/data/shop.db.',
  });
}
