import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WaybillError } from '../../core/errors.ts';
import type { TableName } from '../../core/schema.ts';
import { systemCode, unavailable } from './fault.ts';

const suffix = /\.jsonl(?:\.gz)?$/;

/** A JSON Lines file made elsewhere. */
export interface ForeignFile {
  /** Path inside the directory. */
  readonly file: string;
  /** `''` when the path names no schema: the file answers to any. */
  readonly schema: string;
  readonly table: string;
}

/**
 * The files of a directory without a manifest: `c01.tbl_customer.jsonl`, `c01/tbl_customer.jsonl` or
 * `tbl_customer.jsonl`, each perhaps with `.gz`, in path order.
 * @throws WaybillError 'source-unavailable' when the directory cannot be listed or has no such file.
 */
export async function foreignFiles(directory: string): Promise<readonly ForeignFile[]> {
  const entries = await list(directory);
  const files = entries.filter((entry) => entry.isFile() && suffix.test(entry.name)).map(({ name }) => topFile(name));
  for (const entry of entries) {
    if (entry.isDirectory()) files.push(...(await filesOfSchema(directory, entry.name)));
  }
  if (files.length > 0) return files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  throw unavailable(`${directory} holds neither manifest.json nor a .jsonl file.`, 'Name the directory of an export.');
}

async function list(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    const message = `${directory} cannot be listed (${systemCode(error)}).`;
    throw unavailable(message, 'Name a directory that exists and that this user may read.', error);
  }
}

function topFile(name: string): ForeignFile {
  const bare = name.replace(suffix, '');
  const dot = bare.indexOf('.');
  return { file: name, schema: bare.slice(0, Math.max(0, dot)), table: bare.slice(dot + 1) };
}

async function filesOfSchema(directory: string, schema: string): Promise<ForeignFile[]> {
  const entries = await list(join(directory, schema));
  const files = entries.filter((entry) => entry.isFile() && suffix.test(entry.name));
  return files.map(({ name }) => ({ file: `${schema}/${name}`, schema, table: name.replace(suffix, '') }));
}

/**
 * The one file that holds a table.
 * @throws WaybillError 'source-missing-table' when there is none, 'configuration' when several could be meant.
 */
export function fileOfTable(files: readonly ForeignFile[], name: TableName): ForeignFile {
  const dot = name.indexOf('.');
  const [schema, table] = [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)];
  const found = files.filter((file) => file.table === table && (file.schema === schema || file.schema === ''));
  if (found.length === 1) return found[0] as ForeignFile;
  if (found.length === 0) {
    throw new WaybillError('source-missing-table', `No file of the directory holds ${name}.`, {
      hint: `Name it ${name}.jsonl.`,
    });
  }
  throw new WaybillError('configuration', `${found.map(({ file }) => file).join(' and ')} could both hold ${name}.`, {
    hint: 'Leave one of them in the directory.',
  });
}
