import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { localFileError } from '../../../connectors/files/local-file.ts';
import { connectorFor } from '../../../connectors/registry.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-local-file-'));
});

/** Writes a file, and returns what is said of it. */
async function saidOf(name: string, content: string | Buffer): Promise<{ message: string; hint: string }> {
  const path = join(folder, name);
  await writeFile(path, content);
  const error = await localFileError(path);
  const { message, hint } = error ?? { message: 'nothing', hint: undefined };
  return { message, hint: (hint ?? '').replaceAll(`${folder}/`, '') };
}

const mariadbDump = '/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB\n--\n';
const postgresDump = '--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n';
const script = 'USE [master]\r\nGO\r\n/****** Object:  Database [Shop] ******/\r\n';

test.each([
  [
    'shop.sql',
    '-- MySQL dump 10.13  Distrib 8.4.2, for Linux (x86_64)\n--\n',
    'mysqldump',
    'mysqladmin create shop && mysql shop < shop.sql',
  ],
  ['maria.sql', mariadbDump, 'mysqldump', 'mysqladmin create maria && mysql maria < maria.sql'],
  ['web.sql', '-- phpMyAdmin SQL Dump\n-- version 5.2.1\n', 'mysqldump', 'mysql web < web.sql'],
  ['My Shop.sql.gz', gzipSync(mariadbDump.repeat(9000)), 'mysqldump', "gunzip -c 'My Shop.sql.gz' | mysql my_shop"],
  ['2024.sql', postgresDump, 'pg_dump', 'createdb db_2024 && psql -d db_2024 < 2024.sql'],
  ['all.sql', '--\n-- PostgreSQL database cluster dump\n--\n', 'pg_dump', 'psql -d all < all.sql'],
  ['shop.dump', Buffer.from('PGDMP\x01\x0e\x00'), 'archive format', 'pg_restore --no-owner -d shop shop.dump'],
  ['shop.tar', Buffer.from(`toc.dat\0${'\0'.repeat(90)}`), 'archive format', 'pg_restore --no-owner -d shop shop.tar'],
  ['lite.sql', 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n', 'sqlite3', 'sqlite3 lite.db < lite.sql'],
  ['ssms.sql', Buffer.from(`\ufeff${script}`, 'utf16le'), 'SQL Server', 'sqlcmd -d ssms -i ssms.sql'],
])('a dump is loaded into a server first: %s', async (name, content, writer, command) => {
  const { message, hint } = await saidOf(name, content);
  expect(message).toContain(`${name} is a dump, written by `);
  expect(message).toContain(writer);
  expect(hint).toMatch(/^Load it first: .* Then give \w+:.*\.$/);
  expect(hint).toContain(command);
});

test.each([
  ['shop.db', 'SQLite format 3\0rest', 'shop.db is an SQLite database.', 'Write sqlite:shop.db.'],
  ['rows.csv', 'a,b\n1,2\n', 'rows.csv is a file, not the URL of a database.', 'Write csv:rows.csv.'],
  ['rows.tsv.gz', 'a\tb\n', 'rows.tsv.gz is a file, not the URL of a database.', 'Write csv:rows.tsv.gz.'],
  ['rows.ndjson', '{"a":1}\n', 'rows.ndjson is a file, not the URL of a database.', 'Write jsonl:rows.ndjson.'],
])('a file that waybill reads has a scheme: %s', async (name, content, message, hint) => {
  expect(await saidOf(name, content)).toEqual({ message, hint });
});

test('a file of another kind is not repeated, and a broken packed file is one', async () => {
  expect((await saidOf('notes.txt', 'my password is secret')).message).toBe(
    'notes.txt is a file, not the URL of a database.',
  );
  expect((await saidOf('broken.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))).message).toContain('is a file');
});

test('a folder of pg_dump is restored, another one needs a scheme', async () => {
  await mkdir(join(folder, 'parts'));
  expect((await localFileError(join(folder, 'parts')))?.hint).toBe(
    `Write jsonl:${folder}/parts or csv:${folder}/parts.`,
  );
  await writeFile(join(folder, 'parts/toc.dat'), 'PGDMP');
  expect((await localFileError(join(folder, 'parts')))?.hint).toContain(
    `pg_restore --no-owner -d parts ${folder}/parts`,
  );
});

test('what is neither URL nor file is not repeated', async () => {
  for (const given of ['reader:Hunter2@host/shop', 'host/shop', 'constructor:', '']) {
    const error = await connectorFor(given).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'configuration', message: 'The URL of the source has no scheme.' });
  }
  await expect(connectorFor('oracle://x/y')).rejects.toThrow('No connector reads URLs that start with "oracle:".');
});
