import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode, unavailable } from '../fault.ts';

/** A file from elsewhere that holds tables. */
export interface ExternalFile {
  readonly path: string;
  /** Path inside the given directory, for messages. */
  readonly file: string;
  /** `''` when the path names no schema: the file then matches any. */
  readonly schema: string;
  /** Name of the file without its suffix. */
  readonly table: string;
}

/**
 * Finds the files of a directory whose names have one of the endings (`.csv`), optionally followed by `.gz`:
 * `c01.tbl_customer.csv`, `c01/tbl_customer.csv` or `tbl_customer.csv`, in path order; or `place` itself when it is a file.
 * @throws WaybillError 'source-unavailable' when no file matches, or the directory cannot be listed.
 */
export async function externalFiles(place: string, endings: readonly string[]): Promise<readonly ExternalFile[]> {
  const suffix = new RegExp(`(?:${endings.join('|').replaceAll('.', '\\.')})(?:\\.gz)?$`);
  if (suffix.test(place) && (await isFile(place))) return [topFile(dirname(place), basename(place), suffix)];
  const entries = await list(place);
  const files = entries
    .filter((entry) => entry.isFile() && suffix.test(entry.name))
    .map(({ name }) => topFile(place, name, suffix));
  for (const entry of entries) {
    if (entry.isDirectory()) files.push(...(await filesOfSchema(place, entry.name, suffix)));
  }
  if (files.length > 0) return files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  throw unavailable(`${place} holds no ${endings.join(' or ')} file.`, 'Name a directory that holds an export.');
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function list(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    const message = `${directory} cannot be listed (${systemCode(error)}).`;
    throw unavailable(message, 'Name a place that exists and that this user may read.', error);
  }
}

function topFile(directory: string, name: string, suffix: RegExp): ExternalFile {
  return { path: join(directory, name), file: name, ...splitName(name.replace(suffix, '')) };
}

/** Splits `c01.tbl_customer` → schema `c01` and table `tbl_customer`; without a dot the schema is `''`. */
export function splitName(name: string): { readonly schema: string; readonly table: string } {
  const dot = name.indexOf('.');
  return { schema: name.slice(0, Math.max(0, dot)), table: name.slice(dot + 1) };
}

async function filesOfSchema(directory: string, schema: string, suffix: RegExp): Promise<ExternalFile[]> {
  const entries = await list(join(directory, schema));
  const files = entries.filter((entry) => entry.isFile() && suffix.test(entry.name));
  return files.map(({ name }) => ({
    path: join(directory, schema, name),
    file: `${schema}/${name}`,
    schema,
    table: name.replace(suffix, ''),
  }));
}
