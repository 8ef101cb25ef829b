import { constants } from 'node:fs';
import { chmod, copyFile, mkdtemp, open, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WaybillError } from '../../core/model/errors.ts';
import { isOutOfSpace } from '../../storage/atomic-file.ts';

/** A private copy of a database file as it was at one moment. */
export interface FileCopy {
  readonly path: string;
  /** Removes the folder of the copy. May be called twice. */
  remove(): Promise<void>;
}

/** A database, the log of write-ahead mode, and the journal of a transaction that has not ended. */
const suffixes = ['', '-wal', '-journal'] as const;

const maxTries = 10;
/** The clock of a file system ticks in steps of up to 10 ms: a file that is older than this has changed no more since. */
const quietMs = 50;

/**
 * Copies a database file while nobody writes to it. The driver has no locks that other programs see, so a copy counts only if
 * the file, its write-ahead log and its journal were the same before and after. Where the file system can, the copy shares
 * its blocks with the file.
 *
 * @throws WaybillError 'source-unavailable' if the database does not exist or is always being written to, 'disk-full'.
 */
export async function copyAtOneMoment(given: string, label: string): Promise<FileCopy> {
  const original = await requireDatabase(given, label);
  const folder = await mkdtemp(join(tmpdir(), 'waybill-sqlite-'));
  const copy = { path: join(folder, 'copy.db'), remove: () => rm(folder, { recursive: true, force: true }) };
  try {
    for (let tried = 0; tried < maxTries; tried++) {
      if (tried > 0) await sleep(quietMs * tried);
      const before = await stateOf(original);
      if (Math.abs(Date.now() - before.changedMs) < quietMs) continue;
      await copyFiles(original, copy.path);
      if ((await stateOf(original)).text === before.text) return copy;
    }
    throw busy(label, given);
  } catch (error) {
    await copy.remove();
    throw isOutOfSpace(error) ? noRoom(label, error) : error;
  }
}

interface State {
  /** Sizes and times of change of the files. */
  readonly text: string;
  readonly changedMs: number;
}

async function stateOf(original: string): Promise<State> {
  const found = await Promise.all(suffixes.map((suffix) => stat(original + suffix, { bigint: true }).catch(ifAbsent)));
  const text = found.map((file) => (file === null ? '-' : `${file.ino} ${file.size} ${file.mtimeNs}`)).join();
  return { text, changedMs: Math.max(...found.map((file) => (file === null ? 0 : Number(file.mtimeMs)))) };
}

async function copyFiles(original: string, copy: string): Promise<void> {
  for (const suffix of suffixes) {
    await rm(copy + suffix, { force: true });
    const isCopied = await copyFile(original + suffix, copy + suffix, constants.COPYFILE_FICLONE).then(
      () => true,
      ifAbsent,
    );
    // SQLite finishes what the log or the journal holds, in the copy.
    if (isCopied !== null) await chmod(copy + suffix, 0o600);
  }
}

function ifAbsent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

const headerBytes = 100;
/** Where the header of a file has its text encoding; 1 is UTF-8 (sqlite.org/fileformat.html). */
const encodingAt = 56;

/** The path of a file without symbolic links, as SQLite names what stands beside it. An empty file is an empty database. */
async function requireDatabase(given: string, label: string): Promise<string> {
  const original = await realpath(given).catch((error) => {
    throw unavailable(
      `There is no ${label} (${codeOf(error)}).`,
      'Correct the path: sqlite:shop.db, sqlite:/data/shop.db.',
    );
  });
  const header = await readHeader(original, label);
  if (header.length === 0) return original;
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw unavailable(
      `${label} is not an SQLite 3 database, or is encrypted.`,
      'Correct the path, or decrypt the file.',
    );
  if (header.readUInt32BE(encodingAt) > 1)
    throw unavailable(
      `${label} keeps its text as UTF-16, which waybill does not read.`,
      `Make a copy in UTF-8 and give its path: sqlite3 '${given}' .dump | sqlite3 copy.db`,
    );
  return original;
}

async function readHeader(original: string, label: string): Promise<Buffer> {
  try {
    const file = await open(original, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
      return bytesRead < headerBytes && bytesRead > 0 ? Buffer.alloc(headerBytes) : buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unavailable(
      `${label} cannot be read (${codeOf(error)}).`,
      'Give the path of a file that this user may read.',
    );
  }
}

function unavailable(message: string, hint: string): WaybillError {
  return new WaybillError('source-unavailable', message, { hint });
}

function busy(label: string, given: string): WaybillError {
  return unavailable(
    `${label} is written to all the time: no copy of one moment could be made.`,
    `Stop the program that writes, or make the copy with SQLite and give its path: sqlite3 '${given}' "vacuum into 'copy.db'"`,
  );
}

function noRoom(label: string, cause: unknown): WaybillError {
  return new WaybillError('disk-full', `${tmpdir()} has not enough space for a copy of ${label}.`, {
    hint: 'Set TMPDIR to a directory with room for the file.',
    cause,
  });
}
