import { once } from 'node:events';
import { copyFile, mkdir, open, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import sqlite from 'node-sqlite3-wasm';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteSource } from '../../../connectors/sqlite/source.ts';
import { createDatabase } from './database.ts';

async function database(...statements: readonly string[]) {
  const made = await createDatabase('shop.db', ...statements);
  onTestFinished(made.drop);
  return made;
}

/** Opens a file, and reads the only column of its table t. */
async function valuesIn(path: string): Promise<unknown[]> {
  const source = await SqliteSource.open(`sqlite:${path}`, { schemas: { c01: 'shop' } });
  try {
    const [table] = await source.inspector.tables(['c01']);
    const values: unknown[] = [];
    if (table === undefined) return values;
    for (const part of await source.parts(table, 10))
      for await (const batch of source.read(table, part)) values.push(...batch.flat());
    return values;
  } finally {
    await source.close();
  }
}

/** Copies a database with its log and journal as they are, as a crash leaves them. */
async function asAfterCrash(path: string, folder: string): Promise<string> {
  const copied = join(folder, 'crashed');
  await mkdir(copied);
  const files = await readdir(folder);
  for (const file of files.filter((name) => /^shop\.db(?:-wal|-journal)?$/.test(name)))
    await copyFile(join(folder, file), join(copied, file));
  return join(copied, path.slice(folder.length + 1));
}

test('rows that stand only in the write-ahead log are read, and the file stays as it is', async () => {
  const { path, folder } = await database();
  const writer = new sqlite.Database(path);
  writer.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; create table t (a text)');
  writer.exec("insert into t values ('in the log')");
  const crashed = await asAfterCrash(path, folder);
  writer.close();
  const inFolder = async () => {
    const names = (await readdir(join(folder, 'crashed'))).sort();
    return Promise.all(names.map(async (name) => [name, await readFile(join(folder, 'crashed', name))]));
  };
  const before = await inFolder();
  expect(before.map(([name]) => name)).toEqual(['shop.db', 'shop.db-wal']);
  expect(await valuesIn(crashed)).toEqual(['in the log']);
  expect(await inFolder()).toEqual(before);
});

test('a transaction that was not finished is undone in the copy, and the file stays as it is', async () => {
  const { path, folder } = await database('create table t (a text)', "insert into t values ('before')");
  const writer = new sqlite.Database(path);
  // Pages that do not fit into the cache are written before the transaction ends.
  writer.exec('pragma synchronous = off; pragma cache_size = 1; begin');
  writer.exec("update t set a = 'after'");
  for (let i = 0; i < 50; i++) writer.exec(`insert into t values ('${'x'.repeat(1000)}')`);
  const crashed = await asAfterCrash(path, folder);
  writer.exec('rollback');
  writer.close();
  const before = await readFile(crashed);
  expect((await readdir(join(folder, 'crashed'))).sort()).toEqual(['shop.db', 'shop.db-journal']);
  expect(before.includes('xxxxxxxxxx')).toBe(true);
  expect(await valuesIn(crashed)).toEqual(['before']);
  expect(await readFile(crashed)).toEqual(before);
});

test('a file that is written to all the time is refused, with a way out', async () => {
  const { path } = await database('create table t (a text)');
  // In threads of their own, they write also while this one is busy.
  const endless = `const { utimesSync } = require('node:fs');
    for (;;) utimesSync(require('node:worker_threads').workerData, new Date(), new Date());`;
  const writers = [1, 2].map(() => new Worker(endless, { eval: true, workerData: path }));
  await Promise.all(writers.map((writer) => once(writer, 'online')));
  try {
    expect(await refusalOf(path)).toMatchObject({
      code: 'source-unavailable',
      message: expect.stringContaining('written to all the time'),
      hint: expect.stringContaining(`sqlite3 '${path}' "vacuum into 'copy.db'"`),
    });
  } finally {
    await Promise.all(writers.map((writer) => writer.terminate()));
  }
});

/** Opens a file until it is refused: a busy machine can keep the writers waiting for so long that the file is quiet. */
async function refusalOf(path: string): Promise<unknown> {
  for (let tried = 0; tried < 50; tried++) {
    try {
      await (await SqliteSource.open(`sqlite:${path}`, { schemas: {} })).close();
    } catch (error) {
      return error;
    }
  }
  return 'never refused';
}

test('what a writer adds after the file was opened is not seen', async () => {
  const { path } = await database('create table t (a text)', "insert into t values ('one')");
  const source = await SqliteSource.open(`sqlite:${path}`, { schemas: {} });
  onTestFinished(() => source.close());
  const writer = new sqlite.Database(path);
  writer.exec("insert into t values ('two')");
  writer.close();
  expect(await source.inspector.count('shop.t')).toBe(1);
  expect(source.snapshot.isConsistent).toBe(true);
});

test('nothing is left in the folder for temporary files, even while the file is open', async () => {
  const { path, folder } = await database('create table t (a text)');
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = temporary;
  try {
    const source = await SqliteSource.open(`sqlite:${path}`, { schemas: {} });
    onTestFinished(() => source.close());
    expect(await readdir(temporary)).toEqual([]);
    expect(await source.inspector.count('shop.t')).toBe(0);
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
});

test('what is not a database in UTF-8 is refused by name', async () => {
  const { path, folder } = await database('create table t (a text)');
  const file = await open(path, 'r+');
  await file.write(Buffer.from([0, 0, 0, 2]), 0, 4, 56);
  await file.close();
  await writeFile(join(folder, 'notes.db'), 'no database, but a long text without any meaning'.repeat(5));
  const failure = (name: string) => SqliteSource.open(`sqlite:${join(folder, name)}`, { schemas: {} }).catch((e) => e);
  expect(await failure('shop.db')).toMatchObject({
    code: 'source-unavailable',
    message: expect.stringContaining('UTF-16'),
  });
  expect(await failure('notes.db')).toMatchObject({
    code: 'source-unavailable',
    message: expect.stringContaining('not an SQLite 3 database'),
  });
});

test('a file without a byte is a database without tables', async () => {
  const { folder } = await database();
  await writeFile(join(folder, 'shop.db'), '');
  await utimes(join(folder, 'shop.db'), new Date(0), new Date(0));
  expect(await valuesIn(join(folder, 'shop.db'))).toEqual([]);
});

test('a damaged page is an error, and never the end of the rows', async () => {
  const { path } = await database(
    'create table t (a text)',
    ...Array.from({ length: 40 }, (_, i) => `insert into t values ('${String(i).padEnd(1000, '.')}')`),
  );
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(4096, 255), 0, 4096, 4096 * 5);
  await file.close();
  await expect(valuesIn(path)).rejects.toMatchObject({ code: 'part-damaged' });
});
