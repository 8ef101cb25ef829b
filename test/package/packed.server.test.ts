import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type CommandResult, workFolder } from '../support/cli.ts';
import { createPgDatabase } from '../support/databases.ts';
import { mariadb, onPostgres } from '../support/live-databases.ts';

const root = resolve(import.meta.dirname, '../..');
const execute = promisify(execFile);

/** An empty folder outside the repository in which the packed package is installed. */
let folder: string;
let installed: string;

beforeAll(async () => {
  folder = await workFolder();
  installed = join(folder, 'node_modules/waybill');
  await execute('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  // The optional packages are the server of `waybill demo`, one for each platform.
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional'];
  await execute('npm', ['install', ...options, `./${tarball}`], { cwd: folder });
});

/** Runs the installed command, as `npx waybill` does. */
async function waybill(...args: readonly string[]): Promise<CommandResult> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('WAYBILL_'));
  const options = { cwd: folder, env: Object.fromEntries(inherited) };
  return execute(join(folder, 'node_modules/.bin/waybill'), args, options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: CommandResult) => error,
  );
}

async function done(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await waybill(...args);
  expect([args[0], code, code === 0 ? '' : stdout + stderr]).toEqual([args[0], 0, '']);
  return stdout;
}

const source = [
  'create table customers (id int primary key auto_increment, name varchar(20) not null)',
  `create table orders (id int primary key, customer_id int not null, total decimal(10,2), foreign key (customer_id) references customers (id))`,
  "insert into customers values (1, 'Ada'), (2, 'Grace')",
  'insert into orders values (7, 1, 1.50), (8, 2, 2.25)',
];

async function target(): Promise<readonly [url: string, database: string]> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  return [url, new URL(url).pathname.slice(1)];
}

test('holds what it needs at run time, and no tests, generators or benchmarks', async () => {
  const files = await readdir(installed, { recursive: true });
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'dist/cli/main.js',
      'dist/public/run.d.ts',
      'fixtures/aries/data/manifest.json',
      'pipelines/aries/schema/001.do.tables.sql',
    ]),
  );
  const wrong =
    /^(test|bench|docs|node_modules)\/|dist\/bench|generate|\/expected\/|\.(tsbuildinfo|map)$|(?<!\.d)\.ts$/;
  expect(files.filter((file) => wrong.test(file))).toEqual([]);
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

test('copies a database', async () => {
  const [url] = await target();
  expect(await done('--version')).toBe(`${JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version}\n`);
  expect(await done('copy', await mariadb(...source), url, '--run', 'c1')).toMatch(/^PASS/m);
});

test('makes a project, runs it, makes it live and rolls it back', async () => {
  const [[url, database], from] = [await target(), await mariadb(...source)];
  await done('init', from, 'shop');
  const written = await readFile(join(folder, 'shop/pipeline.ts'), 'utf8');
  expect(written).toContain("from 'waybill'");
  const name = new URL(from).pathname.slice(1);
  const to = ['--target', url, '--target-database', database];
  await done('run', 'shop', '--source', `${name}=${from}`, ...to, '--run', 'r1');
  await done('cutover', '--yes', 'r1', ...to);
  expect(await onPostgres(url, `select sum(total)::text as sum from "${name}".orders`)).toEqual([{ sum: '3.75' }]);
  await done('rollback', '--yes', 'r1', ...to);
});

test('plans a shipped pipeline, whose DDL and data are there', async () => {
  expect(
    await done('plan', 'marketplace', '--source', `jsonl:${join(installed, 'fixtures/marketplace/data')}`),
  ).toMatch(/live source: matches/);
});

test('its types hold for a strict program, and its functions run in one', async () => {
  const program = join(folder, 'program');
  await mkdir(program);
  await writeFile(
    join(program, 'program.ts'),
    `import { carry, mappingsOf, type PipelineModule, WaybillError } from 'waybill';
     import { plan, run, type RunOutcome } from 'waybill/run';
     import { mapRow, testConnector, type Conforming, type TestFramework } from 'waybill/testing';

     const contract = { public: { users: { key: ['id'], columns: { id: 'integer not null', email: 'text' } } } } as const;
     const mapping = mappingsOf<typeof contract>();
     export const users = mapping({ from: 'public.users', to: 'users', columns: { id: carry('id'), email: carry('email') } });
     // @ts-expect-error: no such column
     export const wrong = mapping({ from: 'public.users', to: 'users', columns: { id: carry('identity') } });
     export const migrate = (pipeline: PipelineModule, signal: AbortSignal): Promise<RunOutcome> =>
       run({ pipeline, source: 'postgres://a@b/c', target: 'postgres://a@b/d', targetDatabase: 'd', signal });
     export const conform = (framework: TestFramework, each: Conforming): void => testConnector(framework, each);
     const { problems, tables } = await plan({ pipeline: 'marketplace' });
     const { row } = await mapRow('aries', 'warehouses', { ID: '7', Name: 'North' });
     const failed = await plan({ pipeline: 'nowhere' }).catch((error: unknown) => error instanceof WaybillError && error.code);
     console.log(JSON.stringify([problems, tables, row?.['name'], failed]));
    `,
  );
  const compilerOptions = {
    ...{ module: 'nodenext', moduleResolution: 'nodenext', target: 'es2023', strict: true, skipLibCheck: false },
    ...{ exactOptionalPropertyTypes: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
  };
  await writeFile(join(program, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['program.ts'] }));
  await cp(join(folder, 'package.json'), join(program, 'package.json'));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout: problems } = await execute(process.execPath, [compiler, '-p', program]).catch((error) => error);
  expect(problems).toBe('');
  const { stdout } = await execute(process.execPath, [join(program, 'program.js')]);
  expect(JSON.parse(stdout)).toEqual([[], 10, 'North', 'unknown-pipeline']);
});
