import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../fixtures/aries/generate.ts';
import { type CommandResult, recordsOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../support/databases.ts';

const databases = { c01: 'privacy_c01', dmeworks: 'privacy_dmeworks', repository: 'privacy_repository' };

/** The text that the generator puts into every column with a clear-text password. */
const password = 'pw-canary-';
/** The password in the URLs of source and target. */
const urlPassword = 'url-canary';

let folder: string;
let database: TestDatabase;
/** Everything that the commands of this file printed on both streams. */
const printed: string[] = [];

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 8, defects: true, replace: true, databases });
  await onMysql(`create or replace user privacy_reader identified by '${urlPassword}'`);
  for (const name of Object.values(databases)) await onMysql(`grant select on ${name}.* to privacy_reader`);
  folder = await workFolder();
  database = await createPgDatabase();
  const run = ['run', 'aries', '--run', 'r1', '--staged', '--check-rows', '--max-rejects', '100', '--part-rows', '50'];
  expectExit(await type([...run, ...sources(), ...target()]), 0);
  expectExit(await type(['validate', 'aries', '--run', 'r1', ...sources(), ...target()]), 0);
  expectExit(await type(['plan', 'aries', ...sources()]), 0);
  for (const command of ['plan', 'report', 'lineage']) {
    expectExit(await type([command, 'aries']), 0);
    expectExit(await type([command, 'aries', '--json']), 0);
  }
});

afterAll(async () => {
  await onMysql('drop user privacy_reader');
  await database.drop();
});

describe('a password of the legacy databases', () => {
  it('is in four tables of the source, and in an export, which copies them', async () => {
    const holders = ['c01.tbl_provider', 'c01.tbl_submitter', 'c01.tbl_user', 'repository.tbl_regions'];
    for (const holder of holders) {
      const [schema, table] = holder.split('.') as ['c01' | 'repository', string];
      const [row] = await onMysql(
        `select count(*) as n from ${databases[schema]}.${table} where Password like '${password}%'`,
      );
      expect([holder, Number(row?.n) > 0]).toEqual([holder, true]);
    }
    const files = await filesHolding(password);
    expect([...new Set(files.map((file) => file.split('/').slice(2, 5).join('/')))].sort()).toEqual(
      holders.map((holder) => `r1/export/${holder}`),
    );
  });

  it('is in no schema of the target', async () => {
    const dumped = await dumpOf(database.url);
    expect(dumped.length).toBeGreaterThan(100_000);
    expect(dumped).toContain('000-'); // the dump contains carried values
    expect(dumped.includes(password)).toBe(false);
  });

  it('is in no report, manifest, record, mapped row or output', async () => {
    const others = (await filesHolding(password)).filter((file) => !file.includes('/r1/export/'));
    expect(others).toEqual([]);
    expect(printed.some((output) => output.includes(password))).toBe(false);
  });

  it('is not in the record of a rejected row', async () => {
    await mkdir(join(folder, 'made-elsewhere'));
    const row = { ...submitter, ECSFormat: 'Telepathy', Password: `${password}of-a-reject` };
    const good = { ...row, ECSFormat: 'Region A' };
    const lines = [row, good, { ...good, Name: 'Second of the same key' }].map((one) => JSON.stringify(one));
    await writeFile(join(folder, 'made-elsewhere/c01.tbl_submitter.jsonl'), `${lines.join('\n')}\n`);
    const ends = ['--source', 'jsonl:made-elsewhere', ...target(), '--target-schema', 'rejects'];
    const run = ['run', 'aries', ...ends, '--tables', 'tbl_submitter', '--run', 'rejects', '--max-rejects', '3'];
    expectExit(await type(run), 1); // two rows with one key, which a source must not have
    const records = await recordsOf(folder, 'rejects');
    expect(records.map((record) => [record.kind, record.rule]).sort()).toEqual([
      ['reject', 'refused'],
      ['reject', 'unknown-label'],
    ]);
    expect((await filesHolding(`${password}of-a-reject`)).filter((file) => file.startsWith('.waybill'))).toEqual([]);
  });
});

describe('the password of a URL', () => {
  it('is in no file of the run folder and in no output', async () => {
    expect(await filesHolding(urlPassword)).toEqual([]);
    expect(printed.some((output) => output.includes(urlPassword))).toBe(false);
    expect((await dumpOf(database.url)).includes(urlPassword)).toBe(false);
  });

  it('is not printed with --verbose either, whatever fails', async () => {
    const nobody = sources().map((argument) => argument.replace('privacy_reader', 'privacy_nobody'));
    const refused = await type(['run', 'aries', '--verbose', ...nobody, ...target()]);
    expectExit(refused, 2);
    expect(refused.stderr).toContain('code: source-refused-login');
    expect(refused.stderr.includes(urlPassword)).toBe(false);
    const badUrl = ['--source', `mysql://me:${urlPassword}@:x/`];
    const unreadable = await type(['run', 'aries', '--verbose', ...badUrl, ...target()]);
    expectExit(unreadable, 2);
    expect(unreadable.stderr.includes(urlPassword)).toBe(false);
  });
});

describe('a value that identifies a customer', () => {
  it('is in no report and in no output', async () => {
    const rows = await onMysql(
      `select FirstName, LastName, SSNumber from ${databases.c01}.tbl_customer where SSNumber like '000-%' order by ID limit 50`,
    );
    expect(rows).toHaveLength(50);
    const report = await Promise.all(
      ['report.json', 'report.html'].map((name) => readFile(join(folder, '.waybill/runs/r1', name), 'utf8')),
    );
    for (const shown of [...report, ...printed]) {
      const words = new Set(shown.split(/[^\p{L}\d'-]+/u));
      expect(
        rows.filter((row) => words.has(row.LastName) || words.has(row.FirstName)).map((row) => row.LastName),
      ).toEqual([]);
      expect(shown).not.toMatch(/\b000-\d\d-\d{4}\b/);
    }
  });
});

describe('the run folder', () => {
  it('is accessible to its owner only: files 0600, folders 0700', async () => {
    const entries = await readdir(join(folder, '.waybill'), { recursive: true, withFileTypes: true });
    expect(entries.length).toBeGreaterThan(400);
    const open: string[] = [];
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const { mode } = await stat(path);
      if ((mode & 0o777) !== (entry.isDirectory() ? 0o700 : 0o600)) open.push(path);
    }
    expect(open).toEqual([]);
    expect((await stat(join(folder, '.waybill'))).mode & 0o777).toBe(0o700);
  });
});

/** A row of tbl_submitter as another program would write it. */
const submitter = {
  ID: 1,
  Name: 'First',
  Number: '1',
  Production: 1,
  ContactName: '',
  Address1: '',
  Address2: '',
  City: '',
  State: 'CA',
  Zip: '',
  Phone1: '',
  LastBatchNumber: '',
  LastUpdateUserID: null,
  LastUpdateDatetime: '2020-01-01 00:00:00+00',
};

function sources(): string[] {
  const reader = (name: string): string => withPassword(mysqlUrl(name), 'privacy_reader');
  return Object.entries(databases).flatMap(([schema, name]) => ['--source', `${schema}=${reader(name)}`]);
}

function target(): string[] {
  return ['--target', withPassword(database.url, 'waybill')];
}

function withPassword(address: string, user: string): string {
  const url = new URL(address);
  url.username = user;
  url.password = urlPassword;
  return url.href;
}

/** Runs a command and keeps its output. */
async function type(command: readonly string[]): Promise<CommandResult> {
  const result = await waybill(folder, command);
  printed.push(result.stdout, result.stderr);
  return result;
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

/** Lists files of the working folder that contain a text. There are no compressed files. */
async function filesHolding(needle: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  const holding = await Promise.all(files.map(async (file) => (await readFile(file)).includes(needle)));
  return files.filter((_, i) => holding[i]).map((file) => file.slice(folder.length + 1));
}

/** Returns all rows of all tables of a database as COPY writes them, including the ledger. */
async function dumpOf(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of rows) texts.push(await text(client.query(copyStreams.to(`copy ${name} to stdout`))));
    return texts.join('');
  } finally {
    await client.end();
  }
}

async function onMysql(sql: string): Promise<RowDataPacket[]> {
  const connection = await mysql.createConnection(mysqlUrl());
  const [rows] = await connection.query<RowDataPacket[]>(sql).finally(() => connection.end());
  return rows;
}
