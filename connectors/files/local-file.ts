import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { WaybillError } from '../../core/model/errors.ts';

/** Enough of a file to tell what wrote it. */
const headBytes = 8192;

/** A kind of dump: what its beginning looks like, and the commands that load it into a server of its own kind. */
interface DumpKind {
  readonly writer: string;
  readonly head: RegExp;
  readonly load: (database: string, file: DumpFile) => string;
  readonly url: (database: string) => string;
}

interface DumpFile {
  /** The path, quoted for a shell where it needs to be. */
  readonly path: string;
  readonly isGzip: boolean;
}

/** In order: the first that matches decides. Archives of pg_dump begin with PGDMP; a folder or a tar has the file toc.dat. */
const dumpKinds: readonly DumpKind[] = [
  {
    writer: 'pg_dump in an archive format',
    head: /^(PGDMP|toc\.dat\0)/,
    load: (database, { path: file, isGzip }) =>
      isGzip
        ? `createdb ${database} && gunzip -c ${file} | pg_restore --no-owner -d ${database}`
        : `createdb ${database} && pg_restore --no-owner -d ${database} ${file}`,
    url: (database) => `postgres://user@host:5432/${database}`,
  },
  {
    writer: 'pg_dump',
    head: /^-- PostgreSQL database (cluster )?dump/m,
    load: (database, file) => `createdb ${database} && ${piped(file, `psql -d ${database}`)}`,
    url: (database) => `postgres://user@host:5432/${database}`,
  },
  {
    writer: 'mysqldump, or another tool for MySQL or MariaDB',
    head: /^-- (MySQL|MariaDB|mysqldump|phpMyAdmin SQL|Dump created by MySQL|HeidiSQL)|^\/\*!\d{5}/m,
    load: (database, file) => `mysqladmin create ${database} && ${piped(file, `mysql ${database}`)}`,
    url: (database) => `mysql://user@host:3306/${database}`,
  },
  {
    writer: 'the .dump command of sqlite3',
    head: /^PRAGMA foreign_keys\s*=\s*OFF;\s*BEGIN TRANSACTION;/i,
    load: (database, file) => piped(file, `sqlite3 ${database}.db`),
    url: (database) => `sqlite:${database}.db`,
  },
  {
    writer: 'a tool for SQL Server',
    head: /^\s*GO\s*$|^\/\*{6} Object:|\bset ansi_nulls on\b/im,
    load: (database, { path: file }) => `sqlcmd -Q "create database ${database}" && sqlcmd -d ${database} -i ${file}`,
    url: (database) => `sqlserver://user@host:1433/${database}`,
  },
];

/**
 * What is said when a path of this machine was given where a URL is expected: a dump is loaded into a server first, and
 * files that waybill reads have a scheme. Null when there is nothing at the path.
 */
export async function localFileError(given: string): Promise<WaybillError | null> {
  const found = await stat(given).catch(() => null);
  if (found === null) return null;
  const name = path.basename(given);
  if (found.isDirectory()) {
    const isDump = (await stat(path.join(given, 'toc.dat')).catch(() => null)) !== null;
    if (!isDump)
      return fileError(`${name} is a folder, not the URL of a database.`, `Write jsonl:${given} or csv:${given}.`);
  }
  const { head, isGzip } = found.isDirectory() ? { head: 'toc.dat\0', isGzip: false } : await headOf(given);
  if (head.startsWith('SQLite format 3\0'))
    return fileError(`${name} is an SQLite database.`, `Write sqlite:${given}.`);
  const kind = dumpKinds.find((each) => each.head.test(head));
  if (kind !== undefined) return dumpError(name, kind, { path: quoted(given), isGzip });
  const reader = /\.(csv|tsv|json|jsonl|ndjson)(\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  if (reader !== undefined) {
    const scheme = { tsv: 'csv', ndjson: 'jsonl' }[reader] ?? reader;
    return fileError(`${name} is a file, not the URL of a database.`, `Write ${scheme}:${given}.`);
  }
  return fileError(
    `${name} is a file, not the URL of a database.`,
    'A script or a dump is loaded into a server of its own kind first; then give the URL of that database.',
  );
}

function dumpError(name: string, { writer, load, url }: DumpKind, file: DumpFile): WaybillError {
  const database = name
    .replace(/\..*$/s, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^(?![a-z])/, 'db_');
  return fileError(
    `${name} is a dump, written by ${writer}. waybill reads databases, so that the server itself says what each value is.`,
    `Load it first: ${load(database, file)}. Then give ${url(database)}.`,
  );
}

function fileError(message: string, hint: string): WaybillError {
  return new WaybillError('configuration', message, { hint });
}

/** Reads the beginning of a file as text, unpacked when it is packed. */
async function headOf(file: string): Promise<{ readonly head: string; readonly isGzip: boolean }> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return { head: '', isGzip: false };
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return { head: textOf(isGzip ? unpacked(bytes) : bytes), isGzip };
  } finally {
    await handle.close();
  }
}

/** The beginning of a packed file ends within a block, which is no error here. */
function unpacked(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Scripts of SQL Server's own tools are UTF-16 with a mark in front. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

function piped({ path: file, isGzip }: DumpFile, command: string): string {
  return isGzip ? `gunzip -c ${file} | ${command}` : `${command} < ${file}`;
}

function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
