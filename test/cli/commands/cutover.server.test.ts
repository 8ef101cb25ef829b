import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, typedCommand, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

const data = join(import.meta.dirname, '../../../fixtures/aries/data');
const backup = [
  '--backup-command',
  'echo a copy of "$WAYBILL_BACKUP_SCHEMA" in "$PGDATABASE" > "$WAYBILL_BACKUP_FILE"',
];

let folder: string;
let database: TestDatabase;
/** The owner of the database, to whom row-level security applies. */
let owner: string;

beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
  owner = `owner_of_${databaseName()}`;
  await execute(`do $$ begin create role aries_app nologin; exception when duplicate_object then null; end $$;
    create role ${owner} login; grant aries_app to ${owner}; alter database ${databaseName()} owner to ${owner}`);
});

afterAll(async () => {
  await execute(`reassign owned by ${owner} to current_user; drop owned by ${owner}`);
  await database.drop();
});

/** The tests depend on each other, like the commands of a migration. */
describe('the first cutover', () => {
  it('loads into a separate schema', async () => {
    expectExit(await load('r1'), 0);
    expect(await schemas()).toEqual(['aries_next', 'waybill']);
  });

  it('writes nothing to a database that is not named', async () => {
    for (const named of ['', 'another']) {
      for (const command of [
        ['cutover', 'r1'],
        ['drop', 'r1'],
        ['run', 'aries', '--source', `jsonl:${data}`],
        ['schema', 'down', 'aries'],
      ]) {
        const { code, stderr } = await type(command, { WAYBILL_TARGET_DATABASE: named });
        expect([code, stderr]).toEqual([
          2,
          expect.stringMatching(
            /Nothing was done\.\n {2}hint: If that is the right database, add --target-database test_/,
          ),
        ]);
      }
    }
    expect(await schemas()).toEqual(['aries_next', 'waybill']);
  });

  it.each<[command: readonly string[], change: RegExp]>([
    [['cutover', 'r1'], /^Run r1 in aries_next becomes aries of postgres:\S+\.$/m],
    [['drop', 'r1'], /^The schema aries_next of postgres:\S+ is dropped, with \d+ tables and about [\d,]+ rows\.$/m],
    [
      ['schema', 'down', 'aries', '--target-schema', 'aries_next', '--to', '2'],
      /^In aries_next of postgres:\S+ these versions are undone, with what they made: 3 \w+/m,
    ],
  ])('says what it is going to do, and does nothing that nobody confirms: %j', async (command, change) => {
    const { code, stdout, stderr } = await typedCommand(folder, command, {
      WAYBILL_TARGET_URL: urlOf(owner),
      WAYBILL_TARGET_DATABASE: databaseName(),
    });
    expect(stderr).toMatch(change);
    expect(stderr).toContain('Nothing was done, because nobody confirmed it.\n  hint: Give --yes');
    expect([code, stdout, await schemas()]).toEqual([2, '', ['aries_next', 'waybill']]);
  });

  it('renames the schema, and reports the same when repeated', async () => {
    const first = await type(['cutover', 'r1', '--target-database', databaseName()], { WAYBILL_TARGET_DATABASE: '' });
    expectExit(first, 0);
    expect(first.stdout).toBe(`live  run r1 is aries\nundo  waybill rollback r1 --target-database ${databaseName()}\n`);
    expect(await schemas()).toEqual(['aries', 'waybill']);
    const again = await type(['cutover', 'r1', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ run: 'r1', state: 'live', isNew: false, backup: null });
  });

  it('refuses to resume the run elsewhere, and validates it where it is', async () => {
    const resumed = await type(['run', 'aries', '--source', `jsonl:${data}`, '--run', 'r1', '--resume']);
    expect(resumed.stderr).toContain('Run r1 is loaded, and its schema is now called aries.');
    expectExit(await type(['validate', 'aries', '--source', `jsonl:${data}`, '--run', 'r1', '--quiet']), 0);
  });
});

describe('the next cutover', () => {
  it('is refused without a proof, unless it is forced with a recorded reason', async () => {
    expectExit(await load('part', '--tables', 'tbl_company'), 6);
    const refused = await type(['cutover', 'part']);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('Run part is not proved: its verdict is incomplete.'),
    ]);
    const taken = await type([
      'cutover',
      'part',
      '--force',
      '--reason',
      'a test',
      '--drop-unmanaged',
      'all',
      ...backup,
      '--json',
    ]);
    expect(JSON.parse(taken.stdout)).toMatchObject({ reason: 'a test', before: 'aries_before_part' });
    expectExit(await type(['rollback', 'part']), 0);
    expectExit(await type(['drop', 'part']), 0);
    expect(await schemas()).toEqual(['aries', 'waybill']);
  });

  it('names manual changes of the live schema', async () => {
    expectExit(await load('r2'), 0);
    await execute(
      'create view aries.by_hand as select count(*) as codes from aries.icd10_codes; grant select on aries.by_hand to public',
      owner,
    );
    const refused = await type(['cutover', 'r2', ...backup]);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('\n  view by_hand: unexpected\n')]);
    expect(refused.stderr).not.toContain('grant');
  });

  it('needs a backup and records it, and keeps unmanaged objects on request', async () => {
    const failing = await type(['cutover', 'r2', '--keep-unmanaged', '--backup-command', 'exit 3']);
    expect([failing.code, failing.stderr]).toEqual([2, expect.stringContaining('ended with 3. Nothing was changed.')]);
    const empty = await type(['cutover', 'r2', '--keep-unmanaged', '--backup-command', 'true']);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('does not exist or is empty')]);
    expect(await schemas()).toEqual(['aries', 'aries_next', 'waybill']);
    const done = await type(['cutover', 'r2', '--keep-unmanaged', ...backup, '--json']);
    expectExit(done, 0);
    const { backup: made, before } = JSON.parse(done.stdout);
    const text = await readFile(join(folder, made.file), 'utf8');
    expect(text).toBe(`a copy of aries in ${databaseName()}\n`);
    expect(made).toMatchObject({ bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') });
    expect(before).toBe('aries_before_r2');
    expect(await execute('select codes > 0 as some from aries.by_hand')).toEqual([{ some: true }]);
  });

  it('is rolled back, after later writes only with --discard-writes', async () => {
    await execute('create table aries.note (id integer); insert into aries.note values (1)', owner);
    const refused = await type(['rollback', 'r2']);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('aries was written to since the cutover: note.'),
    ]);
    const first = await type(['rollback', 'r1']);
    expect([first.code, first.stderr]).toEqual([
      3,
      expect.stringContaining('hint: Roll that one back first: waybill rollback r2'),
    ]);
    const back = await type(['rollback', 'r2', '--discard-writes']);
    expect(back.stdout).toBe('rolled back  aries is what it was before run r2\n             run r2 is in aries_next\n');
    expect(await schemas()).toEqual(['aries', 'aries_next', 'waybill']);
    expect((await type(['rollback', 'r2'])).stdout).toContain('already, since 20');
    expect((await type(['drop', 'r2'])).stdout).toBe('dropped  aries_next\n');
    expect((await type(['drop', 'r2'])).stdout).toBe('nothing is left to drop\n');
  });
});

describe('a second company', () => {
  it('is appended, and its rollback leaves the first company unchanged to the byte', async () => {
    const first = await digests();
    expectExit(await load('c02', '--param', 'tenant=c02'), 0);
    const done = await type(['cutover', 'c02', '--append', ...backup]);
    expectExit(done, 0);
    expect(done.stdout).toContain('live  tenant c02 of run c02 is in aries\n');
    expect((await execute('select name from aries.tenants order by 1')).map(({ name }) => name)).toEqual([
      'c01',
      'c02',
    ]);
    const both = await digests();
    expect(Object.keys(both).filter((table) => both[table] !== first[table]).length).toBeGreaterThan(90);
    const validated = await type(['validate', 'aries', '--source', `jsonl:${data}`, '--run', 'r1', '--quiet']);
    expectExit(validated, 1);
    expect(validated.stdout).toMatch(
      /Checks that did not pass\n {2}fail {8}schema {2}objects\n.*view by_hand: unexpected\n.*\n.*\n\n/,
    );
    const out = await type(['rollback', 'c02']);
    expect(out.stdout).toBe('removed      tenant c02 of run c02 from aries\n');
    expect(await digests()).toEqual(first);
  });

  it('is refused by name when a shared row differs', async () => {
    await execute(
      "update aries.icd10_codes set description = 'another' where id = (select min(id::text)::uuid from aries.icd10_codes)",
    );
    const refused = await type(['cutover', 'c02', '--append', ...backup]);
    expect(refused.stderr).toMatch(/differ from those in aries:\n {2}icd10_codes: 1 \(id=[0-9a-f-]+\)\n/);
    expect(refused.code).toBe(3);
  });
});

function type(args: readonly string[], environment: Record<string, string> = {}): Promise<CommandResult> {
  return waybill(folder, args, { WAYBILL_TARGET_URL: urlOf(owner), ...environment });
}

function load(run: string, ...args: readonly string[]): Promise<CommandResult> {
  return type(['run', 'aries', '--source', `jsonl:${data}`, '--run', run, '--max-rejects', '100', '--quiet', ...args]);
}

function urlOf(user: string): string {
  const url = new URL(database.url);
  url.username = user;
  return url.href;
}

function databaseName(): string {
  return new URL(database.url).pathname.slice(1);
}

async function schemas(): Promise<unknown[]> {
  const rows = await execute(
    "select nspname::text as name from pg_namespace where nspname !~ '^pg_|^information_schema$|^public$' order by 1",
  );
  return rows.map(({ name }) => name);
}

/** Returns a hash of the rows of every table in the live schema, over all tenants. */
async function digests(): Promise<Record<string, unknown>> {
  const tables = await execute(
    "select relname::text as name from pg_class where relnamespace = 'aries'::regnamespace and relkind = 'r' order by 1",
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) as digest from aries.${name} t`,
  );
  const rows = await execute(each.join(' union all '));
  return Object.fromEntries(rows.map(({ name, digest }) => [name as string, digest]));
}

/** Runs SQL as a superuser, who sees the rows of all tenants, or as the named user. */
async function execute(sql: string, user?: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(user === undefined ? database.url : urlOf(user));
  await client.connect();
  const result: unknown = await client.query(sql).finally(() => client.end());
  return ((Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult).rows;
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}
