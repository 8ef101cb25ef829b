import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../../fixtures/aries/generate.ts';
import { type CommandResult, reportOf, targetDatabase, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../../support/databases.ts';

const databases = { c01: 'stopped_c01', dmeworks: 'stopped_dmeworks', repository: 'stopped_repository' };

let folder: string;
let database: TestDatabase;
let run: readonly string[];

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 4, defects: true, replace: true, databases });
  folder = await workFolder();
  database = await createPgDatabase();
  const sources = Object.entries(databases).flatMap(([s, name]) => ['--source', `${s}=${mysqlUrl(name)}`]);
  run = ['run', 'aries', ...sources, '--target', database.url, '--max-rejects', '100', '--part-rows', '50'];
  expectExit(await waybill(folder, [...run, '--run', 'undisturbed']), 0);
});

afterAll(() => database.drop());

describe('a run that is stopped while it loads and then resumed ends like an undisturbed run', () => {
  it('by SIGKILL', async () => {
    const command = [...run, '--target-schema', 'killed', '--run', 'killed'];
    const child = start(command);
    await until(async () => (await partsOf('killed')).length >= 40);
    await end(child, 'SIGKILL');
    const before = await partsOf('killed');
    const whole = await partsOf('undisturbed');
    expect(before.length).toBeLessThan(whole.length);
    expectExit(await waybill(folder, [...command, '--resume']), 0);
    expect(await partsOf('killed')).toEqual(whole);
    expect(await contentOf('killed')).toEqual(await contentOf('aries_next'));
    expect((await reportOf(folder, 'killed')).totals).toEqual((await reportOf(folder, 'undisturbed')).totals);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s, which prints the command that resumes it', async (signal) => {
    const id = signal.toLowerCase();
    const command = [...run, '--target-schema', id];
    const child = start(command);
    await until(async () => (await partsIn(id)) >= 20);
    const stopped = await end(child, signal);
    expect(stopped.code).toBe(4);
    expect(stopped.stdout).toBe('');
    expect(stopped.stderr).toMatch(
      /\nStopping after the current part\. .+\n(?:(?:1\/5 load| {2}\S+) .+\n)+waybill: Stopped\. Finished parts are kept\.\n {2}hint: Resume with: waybill run aries --run \S+ --resume .+\n$/,
    );
    const { words, run: started } = resumed(stopped);
    expectExit(await waybill(folder, words), 0);
    expect(await partsOf(started)).toEqual(await partsOf('undisturbed'));
    expect(await contentOf(id)).toEqual(await contentOf('aries_next'));
  });
});

describe('a signal outside the load', () => {
  it('stops an export between two parts, and the export is repeated as a whole', async () => {
    const command = ['export', ...run.slice(1, 8), '--tables', 'tbl_invoice_transaction', '--part-rows', '2'];
    const child = start(command);
    await until(async () => (await filesOf('c01.tbl_invoice_transaction')) >= 5);
    const stopped = await end(child, 'SIGINT');
    expect(stopped.code).toBe(4);
    const { words, run: started } = resumed(stopped);
    const unfinished = await waybill(folder, ['transform', 'aries', '--run', started, '--quiet']);
    expect(unfinished.stderr).toContain(`hint: Finish it first: waybill export aries --run ${started} --resume`);
    expectExit(await waybill(folder, words), 0);
    expectExit(await waybill(folder, ['transform', 'aries', '--run', started, '--max-rejects', '10']), 0);
  });

  it('that arrives twice does not wait, and leaves a run that can be resumed', async () => {
    const locker = new pg.Client(database.url);
    await locker.connect();
    await locker.query("select pg_advisory_lock(hashtextextended('waybill migrate twice', 0))"); // so that it has to wait
    const command = [...run, '--target-schema', 'twice', '--tables', 'tbl_customer'];
    const child = start(command);
    await until(async () => (await locker.query(waitingForLock)).rowCount === 1);
    child.kill('SIGINT');
    await once(child.stderr as NonNullable<typeof child.stderr>, 'data');
    child.kill('SIGINT'); // npx forwards what the terminal has already sent
    await wait(600);
    const stopped = await end(child, 'SIGINT');
    await locker.end();
    expect(stopped.stderr).toContain('waybill: Stopped at once.');
    expect(stopped.code).toBe(4);
    expectExit(await waybill(folder, resumed(stopped).words), 6); // one table never proves the whole
  });

  it('stops a validation, and the previous report stays', async () => {
    const before = await reportOf(folder, 'undisturbed');
    const command = ['validate', ...run.slice(1, 10), '--run', 'undisturbed'];
    const child = start(command);
    await until(async () => (await sessions()) > 0);
    const stopped = await end(child, 'SIGINT');
    expect(stopped.code).toBe(4);
    expect(stopped.stderr).toMatch(/\n {2}hint: Resume with: waybill validate aries --run undisturbed .+\n$/);
    expect(await reportOf(folder, 'undisturbed')).toEqual(before);
  });
});

const texts = new WeakMap<ChildProcess, { stdout: string; stderr: string }>();

/** Starts a command and leaves it running. */
function start(args: readonly string[]): ChildProcess {
  const main = resolve(import.meta.dirname, '../../../dist/cli/main.js');
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WAYBILL_')));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...environment, ...targetDatabase(args) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  texts.set(child, text);
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  return child;
}

/** Sends a signal and waits until the command ends. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<CommandResult> {
  const closed = once(child, 'close');
  if (!child.kill(signal)) throw new Error(`the command had ended before ${signal}\n${texts.get(child)?.stderr}`);
  const [code] = await closed;
  return { code, ...(texts.get(child) as { stdout: string; stderr: string }) };
}

/** Polls every 10 ms, for a minute at most. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 6000; i++) {
    if (await isSo().catch(() => false)) return;
    await wait(10);
  }
  throw new Error('the condition was not met within a minute');
}

/** The command that the last line of stderr suggests, as words, and the run that it names. */
function resumed({ stderr }: CommandResult): { words: string[]; run: string } {
  const line = /\n {2}(?:hint: Resume with|resume): waybill (.+ --run (\S+) --resume .+)\n$/.exec(stderr);
  if (line === null) throw new Error(`the last line does not say how to resume:\n${stderr}`);
  return { words: (line[1] as string).split(' '), run: line[2] as string };
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

/** Counts part files of a table over all runs. */
async function filesOf(table: string): Promise<number> {
  const names = await readdir(join(folder, '.waybill/runs'), { recursive: true });
  return names.filter((name) => name.includes(`export/${table}/`) && name.endsWith('.jsonl')).length;
}

async function partsOf(id: string): Promise<Record<string, unknown>[]> {
  const columns = 'mapping, part, after, up_to, read, loaded, rejected, filtered, adjusted, digest';
  return onPostgres(`select ${columns} from waybill.part where run = $1 order by mapping, part`, [id]);
}

/** Sessions of this database that wait for an advisory lock. */
const waitingForLock = `
  select from pg_locks
  where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;

/** Counts the sessions of waybill in the target. */
async function sessions(): Promise<number> {
  const sql = "select from pg_stat_activity where datname = current_database() and application_name = 'waybill'";
  return (await onPostgres(sql, [])).length;
}

async function partsIn(schema: string): Promise<number> {
  return (await onPostgres('select part from waybill.part where target_schema = $1', [schema])).length;
}

/** Returns a digest of every table of a schema, computed by PostgreSQL. */
async function contentOf(schema: string): Promise<Record<string, unknown>[]> {
  const tables = await onPostgres(
    `select table_name as name from information_schema.tables
     where table_schema = $1 order by 1`,
    [schema],
  );
  const digest = ({ name }: Record<string, unknown>): string =>
    `select '${name}' as name, count(*) as rows, md5(string_agg(t::text, '|' order by t::text)) as digest from ${schema}.${name} t`;
  return onPostgres(`${tables.map(digest).join(' union all ')} order by 1`, []);
}

async function onPostgres(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query(sql, [...values]).finally(() => client.end());
  return rows;
}
