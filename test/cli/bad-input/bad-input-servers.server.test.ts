import { chmod, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../../fixtures/aries/generate.ts';
import { startPostgres } from '../../../servers/embedded-postgres.ts';
import type { RunningServer } from '../../../servers/running-server.ts';
import { type CommandResult, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../../support/databases.ts';

const databases = { c01: 'bad_c01', dmeworks: 'bad_dmeworks', repository: 'bad_repository' };
const canary = 'pw-canary-of-a-url';

let folder: string;
let database: TestDatabase;
let source: readonly string[];

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 2, defects: true, replace: true, databases });
  folder = await workFolder();
  database = await createPgDatabase();
  source = Object.entries(databases).flatMap(([schema, name]) => ['--source', `${schema}=${mysqlUrl(name)}`]);
});

afterAll(() => database.drop());

/** Every refused command uses the same run id: if one left a run behind, the next would be refused for that. */
const run = ['run', 'aries', '--quiet', '--max-rejects', '100', '--run', 'r1'];

const target = (): string[] => ['--target', database.url];

describe('a source URL that leads nowhere', () => {
  const cases: readonly (readonly [string, () => string, string])[] = [
    ['no scheme', () => `${host()}/bad_c01`, 'The URL of the source has no scheme.'],
    ['only a name', () => 'bad_c01', 'The URL of the source has no scheme.'],
    ['an unknown scheme', () => withCanary(mysqlUrl()).replace('mysql:', 'oracle:'), 'start with "oracle:"'],
    ['an invalid URL', () => `mysql://root:${canary}@:x:y/`, 'The URL of the MySQL source cannot be read.'],
    ['an unknown host', () => `mysql://root:${canary}@nowhere.invalid:3306/`, 'nowhere.invalid'],
    ['a closed port', () => `mysql://root:${canary}@127.0.0.1:1/`, 'ECONNREFUSED'],
    ['a refused user', () => withCanary(mysqlUrl('bad_c01'), 'nobody'), 'refused the login'],
    ['an unknown database', () => mysqlUrl('bad_nowhere'), 'bad_nowhere: error 1049'],
    ['a missing directory', () => 'jsonl:nowhere', 'nowhere cannot be listed'],
  ];

  it.each(cases)('%s', async (_, url, sentence) => {
    expectStop(await waybill(folder, [...run, ...target(), '--source', url()]), 2, sentence);
  });

  it('a schema that the database lacks', async () => {
    const schemas = ['--source', `c01=${mysqlUrl('bad_c01')}`, '--source', `dmeworks=${mysqlUrl('bad_nowhere')}`];
    const stopped = await waybill(folder, [...run, ...target(), ...schemas]);
    expectStop(stopped, 3, 'dmeworks: The source has none of the 10 tables of this schema.');
    expect(stopped.stderr).not.toContain('dmeworks.tbl_doctor');
  });

  it('a schema that the pipeline does not read', async () => {
    const stopped = await waybill(folder, [...run, ...target(), '--source', `c99=${mysqlUrl('bad_c01')}`]);
    expectStop(stopped, 2, 'The pipeline reads no schema called c99.');
  });

  it('two servers, which share no snapshot', async () => {
    const other = `dmeworks=mysql://root:${canary}@elsewhere:3306/dmeworks`;
    const stopped = await waybill(folder, [...run, ...target(), ...source.slice(0, 2), '--source', other]);
    expectStop(stopped, 2, 'on different servers');
  });

  it('no URL at all', async () => {
    expectStop(await waybill(folder, [...run, ...target()]), 2, 'No source is named.');
    expectStop(await waybill(folder, [...run, ...source]), 2, 'No target database is named.');
  });

  it('a wrong URL in .env or the environment gives the same message as one in a flag', async () => {
    const home = await workFolder();
    await writeFile(join(home, '.env'), `WAYBILL_SOURCE_URL=mysql://nobody:${canary}@${host()}/bad_c01\n`);
    expectStop(await waybill(home, [...run, ...target()]), 2, 'refused the login');
    const environment = { WAYBILL_TARGET_URL: `postgres://nobody:${canary}@127.0.0.1:1/x` };
    expectStop(await waybill(folder, [...run, ...source], environment), 2, 'No connection to postgres://127.0.0.1:1/x');
    expectStop(
      await waybill(folder, [...run, ...source], { WAYBILL_TARGET_URL: '' }),
      2,
      'No target database is named.',
    );
  });
});

describe('a target URL that leads nowhere', () => {
  const cases: readonly (readonly [string, () => string, string])[] = [
    ['no scheme', () => 'localhost/waybill', 'The URL of the target has no scheme.'],
    ['a kind of database that waybill does not load into', () => 'jsonl:out', 'waybill does not load into jsonl.'],
    ['an unknown host', () => `postgres://me:${canary}@nowhere.invalid/x`, 'nowhere.invalid'],
    ['a closed port', () => `postgres://me:${canary}@127.0.0.1:1/x`, 'ECONNREFUSED'],
    ['a user that the server does not know', () => withCanary(database.url, 'nobody'), 'refused the login'],
    ['an unknown database', () => pgUrl('bad_nowhere'), 'There is no database "bad_nowhere"'],
  ];

  it.each(cases)('%s', async (_, url, sentence) => {
    expectStop(await waybill(folder, [...run, ...source, '--target', url()]), 2, sentence);
  });

  it('a schema name that PostgreSQL would change', async () => {
    const stopped = await waybill(folder, [...run, ...source, ...target(), '--target-schema', 'Aries Next']);
    expectStop(stopped, 2, '"Aries Next" cannot be the schema of a target.');
  });
});

describe('a login that needs a password', () => {
  let server: RunningServer;

  beforeAll(async () => {
    await onMysql(`create or replace user bad_reader identified by 'right'`);
    for (const name of Object.values(databases)) await onMysql(`grant select on ${name}.* to bad_reader`);
    server = await passwordServer();
  });
  afterAll(async () => {
    await onMysql('drop user bad_reader');
    await server.stop();
  });

  it('at the source: a wrong password is refused, the right one works with select rights only', async () => {
    const reader = (password: string): string[] =>
      Object.entries(databases).flatMap(([s, name]) => [
        '--source',
        `${s}=mysql://bad_reader:${password}@${host()}/${name}`,
      ]);
    const rest = [...run.with(-1, 'reader'), ...target(), '--target-schema', 'reader', '--tables', 'tbl_company'];
    expectStop(await waybill(folder, [...rest, ...reader(canary)]), 2, 'refused the login: error 1045');
    expectLoaded(await waybill(folder, [...rest, ...reader('right')]));
  });

  it('at the target: a wrong or missing password is refused, the right one works for the owner of a database', async () => {
    const owner = (password: string): string => {
      const url = new URL(server.url);
      return `postgres://bad_owner${password}@${url.host}/bad_owned`;
    };
    const rest = [...run.with(-1, 'owner'), ...source, '--tables', 'tbl_company'];
    expectStop(await waybill(folder, [...rest, '--target', owner(`:${canary}`)]), 2, 'SQLSTATE 28P01');
    expectStop(await waybill(folder, [...rest, '--target', owner('')]), 2, 'it asks for a password');
    expectLoaded(await waybill(folder, [...rest, '--target', owner(':right')]));
  });
});

describe('a source that differs from the contract', () => {
  const drifts: readonly (readonly [string, string, string, string])[] = [
    [
      'a table is missing',
      'rename table tbl_billingtype to tbl_gone',
      'rename table tbl_gone to tbl_billingtype',
      'c01.tbl_billingtype: The source does not have this table.',
    ],
    [
      'a column was added',
      'alter table tbl_customer add column Extra int',
      'alter table tbl_customer drop column Extra',
      'c01.tbl_customer.Extra: The source has a column that the contract does not know.',
    ],
    [
      'a type was changed',
      'alter table tbl_billingtype modify Name varchar(60) not null',
      'alter table tbl_billingtype modify Name varchar(50) not null',
      'c01.tbl_billingtype.Name: The source has type varchar(60), the contract varchar(50)',
    ],
  ];

  it.each(drifts)('%s: plan, run and export refuse it with the same words', async (_, change, undo, sentence) => {
    await onMysql(change, databases.c01);
    try {
      expectStop(await waybill(folder, [...run, ...source, ...target()]), 3, sentence);
      expectStop(await waybill(folder, ['export', 'aries', ...source, '--run', 'r1', '--quiet']), 3, sentence);
      const planned = await waybill(folder, ['plan', 'aries', ...source]);
      expect(planned.stdout).toContain(sentence);
      expect(planned.stdout).toContain('live source: differs');
      expectStop({ ...planned, stdout: '' }, 3, 'The plan of aries has');
    } finally {
      await onMysql(undo, databases.c01);
    }
    const fixed = await waybill(folder, ['plan', 'aries', ...source, '--json']);
    expect(JSON.parse(fixed.stdout)).toMatchObject({ source: 'matches', problems: [] });
    expect(fixed.code).toBe(0);
  });
});

describe('after all refused commands', () => {
  it('no run folder or password is left, and the corrected command gets the run id', async () => {
    expect(await readdir(join(folder, '.waybill/runs'))).toEqual(['owner', 'reader']); // from the commands with the right passwords
    expectExit(await waybill(folder, [...run, ...source, ...target()]), 0);
    for (const file of await filesIn(folder))
      expect([file, (await readFile(file)).includes(canary)]).toEqual([file, false]);
  });

  it('a run id in use is refused, and --resume, as the hint says, ends like the run', async () => {
    const again = [...run, ...source, ...target()];
    expectStop(await waybill(folder, again), 2, 'Run r1 already exists.');
    expectExit(await waybill(folder, [...again, '--resume']), 0);
  });

  it('a target that holds data is refused and left unchanged, and another schema, as the hint says, is loaded', async () => {
    const before = await rowsOf('aries_next.customers');
    const other = [...run.with(-1, 'r2'), ...source, ...target()];
    expectStop(await waybill(folder, other), 2, 'already holds rows in ');
    expectLoaded(await waybill(folder, [...other, '--target-schema', 'another', '--tables', 'tbl_company']));
    expect(await rowsOf('aries_next.customers')).toEqual(before);
  });

  it('a run id that the target knows is refused in another working folder too', async () => {
    const elsewhere = await workFolder();
    const fresh = [...run, ...source, ...target(), '--target-schema', 'fresh'];
    expectStop(await waybill(elsewhere, fresh), 2, 'already has parts of a run called r1.');
  });

  it('a run resumes only with the parameters and pipeline that it began with', async () => {
    const again = [...run, ...source, ...target(), '--resume'];
    expectStop(await waybill(folder, [...again, '--param', 'tenant=c77']), 3, 'was begun with another');
    expectStop(await waybill(folder, [...again, '--target-schema', 'elsewhere']), 2, 'loads into the schema aries');
  });
});

function host(): string {
  return new URL(mysqlUrl()).host;
}

function pgUrl(name: string): string {
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** The URL with a password that must never be printed. */
function withCanary(text: string, user = 'root'): string {
  const url = new URL(text);
  url.username = user;
  url.password = canary;
  return url.href;
}

/** Expects one sentence and one hint on stderr, nothing on stdout, no stack and no password. */
function expectStop({ code, stdout, stderr }: CommandResult, exitCode: number, sentence: string): void {
  expect(stderr).toContain(sentence);
  expect(stderr).toMatch(/^waybill: .+\n(?: {2}(?!hint:|resume:)\S+: .+\n)* {2}hint: .+\n(?: {2}resume: .+\n)?$/);
  expect(stderr).not.toMatch(/pw-canary|^\s+at |node:internal|Error:/m);
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
}

/** Expects a run of one table, which loads but never proves the whole. */
function expectLoaded(result: CommandResult): void {
  expectExit(result, 6);
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
}

async function rowsOf(table: string): Promise<unknown> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query(`select * from ${table} order by id`);
  await client.end();
  return rows;
}

async function onMysql(statement: string, name = ''): Promise<void> {
  const connection = await mysql.createConnection(mysqlUrl(name));
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** Starts a PostgreSQL server where every user except its administrator needs a password. */
async function passwordServer(): Promise<RunningServer> {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-hba-'));
  await chmod(directory, 0o755); // the server runs as another user
  const file = join(directory, 'pg_hba.conf');
  await writeFile(file, 'host all waybill 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
  const foreign = process.env.WAYBILL_POSTGRES_URL;
  delete process.env.WAYBILL_POSTGRES_URL;
  try {
    const server = await startPostgres({ settings: { hba_file: file, shared_buffers: '32MB' } });
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query("create role bad_owner login password 'right'");
    await client.query('create database bad_owned owner bad_owner');
    await client.end();
    return server;
  } finally {
    if (foreign !== undefined) process.env.WAYBILL_POSTGRES_URL = foreign;
  }
}
