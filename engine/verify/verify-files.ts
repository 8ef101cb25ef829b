import { join } from 'node:path';
import { readLines } from '../../storage/read-lines.ts';
import { eventsFile, type KnownFile } from '../journal/events.ts';
import { factsOfFile } from '../journal/file-facts.ts';
import { manifestFile } from '../journal/manifest.ts';
import { mappingFolder, pathsIn } from '../journal/run-folder.ts';

interface FilesFound {
  /** The first mismatch, or null. */
  readonly mismatch: string | null;
  /** Number of files that the log does not list. */
  readonly unknown: number;
}

/**
 * Compares all files of a run folder with its event log, in the order of their paths. In a run that is not closed, there may be
 * files that no event lists yet.
 */
export async function verifyFiles(
  folder: string,
  run: string,
  known: ReadonlyMap<string, KnownFile>,
  isClosed: boolean,
): Promise<FilesFound> {
  let unknown = 0;
  let mismatch: string | null = null;
  for (const path of [...new Set([...known.keys(), ...(await pathsIn(folder))])].sort()) {
    const file = known.get(path);
    if (file === undefined && !isClosed) unknown++;
    else if (file === undefined) mismatch = `${path}: no event lists this file: it was added`;
    else mismatch = await fileMismatch({ folder, run, file, isClosed });
    if (mismatch !== null) break;
  }
  return { mismatch, unknown };
}

interface FileToVerify {
  readonly folder: string;
  readonly run: string;
  readonly file: KnownFile;
  readonly isClosed: boolean;
}

async function fileMismatch(verified: FileToVerify): Promise<string | null> {
  const { folder, file, isClosed } = verified;
  const { path, number } = file;
  const named = `line ${number} of ${eventsFile}`;
  const found = await factsOfFile(folder, path);
  if (found === null) return `${path}: it is missing: ${named} names it`;
  const isBefore = path === manifestFile && !isClosed && found.sha256 === file.before;
  const isSame = found.bytes === file.bytes && found.lines === file.lines && found.sha256 === file.sha256;
  const foreign = isRecords(path) ? await foreignLine(verified) : null;
  if (foreign !== null) return `${path} line ${foreign}: it is not a record of this run, mapping and part`;
  if (isBefore || isSame) return null;
  if (found.bytes !== file.bytes) return `${path}: it has ${found.bytes} bytes where ${named} says ${file.bytes}`;
  if (found.lines !== file.lines) return `${path}: it has ${found.lines} lines where ${named} says ${file.lines}`;
  return `${path}: its SHA-256 is not the one that ${named} names: it was changed`;
}

function isRecords(path: string): boolean {
  return /^records\/[^/]+\/(\d+(\.load)?|resolved)\.jsonl$/.test(path);
}

/** Finds the first line of a records file that does not belong to the file's run, mapping and part. */
async function foreignLine({ folder, run, file: { path } }: FileToVerify): Promise<number | null> {
  const [, mapping, name = ''] = path.split('/');
  const part = name === 'resolved.jsonl' ? 0 : Number.parseInt(name, 10);
  let number = 0;
  for await (const line of readLines(join(folder, path))) {
    number++;
    const record = parsed(line);
    if (record?.run !== run || record.part !== part || !isOfMapping(record.mapping, mapping)) return number;
  }
  return null;
}

function isOfMapping(name: unknown, folder: string | undefined): boolean {
  return typeof name === 'string' && mappingFolder(name) === folder;
}

function parsed(line: string): { readonly run?: unknown; readonly mapping?: unknown; readonly part?: unknown } | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
