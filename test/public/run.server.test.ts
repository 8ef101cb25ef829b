import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { carry, constant, mappingsOf, type PipelineModule } from '../../public/index.ts';
import { cutover, type ProgressEvent, plan, rollback, run, validate, WaybillError } from '../../public/run.ts';
import { waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase } from '../support/databases.ts';
import { mariadb, onPostgres } from '../support/live-databases.ts';

const written = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'));
const handlers = (): number[] => ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal));
const handled = handlers();

afterEach(() => {
  for (const write of written) expect(write.mock.calls).toEqual([]);
  expect([process.exitCode, handlers()]).toEqual([undefined, handled]);
});

/** Forty rows, of which the eighth is longer than `widgets` of `pipelineIn` allows. */
const source = [
  'create table widgets (id int primary key, label varchar(20) not null)',
  `insert into widgets values ${Array.from({ length: 40 }, (_, i) => `(${i + 1}, 'label ${i + 1}')`).join(', ')}`,
];

const contract = {
  public: { widgets: { key: ['id'], columns: { id: 'int(11) not null', label: 'varchar(20) not null' } } },
};

/** A pipeline as a program has it, with its DDL in the folder. */
async function pipelineIn(folder: string): Promise<PipelineModule> {
  const migrations = join(folder, 'schema');
  await mkdir(migrations);
  const table = 'create table widgets (id integer primary key, label varchar(20) not null, origin text not null)';
  await writeFile(join(migrations, '001.do.tables.sql'), `${table};`);
  await writeFile(join(migrations, '001.undo.tables.sql'), 'drop table widgets;');
  const columns = { id: 'integer not null', label: 'character varying(20) not null', origin: 'text not null' };
  const target = { widgets: { key: ['id'], columns } };
  return {
    name: 'widgets',
    title: 'Widgets',
    source: { dialect: 'mysql', contract },
    target: { schema: 'shop', contract: target, migrations, loadVersion: 1, finalVersion: 1, unmapped: {} },
    mappings: [
      mappingsOf<typeof contract>()({
        from: 'public.widgets',
        to: 'widgets',
        columns: {
          id: carry('id'),
          label: carry('label'),
          origin: constant('origin', ({ params }) => params.origin ?? ''),
        },
      }),
    ],
    relations: [],
    params: { origin: { default: 'here', describe: 'where from' } },
    tenantParam: null,
    seed: () => ({}),
  };
}

interface Place {
  readonly folder: string;
  readonly runsDir: string;
  readonly source: string;
  readonly target: string;
  readonly targetDatabase: string;
}

async function place(): Promise<Place> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  const folder = await workFolder();
  const from = await mariadb(...source);
  const targetDatabase = new URL(url).pathname.slice(1);
  return { folder, runsDir: join(folder, 'runs'), source: `public=${from}`, target: url, targetDatabase };
}

test('a project is planned, migrated, validated, made live and rolled back by functions', async () => {
  const { folder, runsDir, target, targetDatabase, source: flag } = await place();
  const url = flag.replace('public=', '');
  await waybill(folder, ['init', url, 'shop']);
  const database = new URL(url).pathname.slice(1);
  await writeFile(
    join(folder, 'shop/pipeline.ts'),
    `import { defineProject } from 'waybill';
     export default defineProject(import.meta.url);`,
  );
  const given = { pipeline: join(folder, 'shop'), source: `${database}=${url}`, target, runsDir };
  expect(await plan({ pipeline: given.pipeline, source: given.source })).toMatchObject({
    source: 'matches',
    tables: 1,
    problems: [],
  });
  const events: ProgressEvent[] = [];
  const onProgress = (event: ProgressEvent): void => void events.push(event);
  const done = await run({ ...given, targetDatabase, run: 'r1', onProgress });
  expect(done).toMatchObject({ run: 'r1', verdict: 'pass', report: { totals: { read: 40, loaded: 40, rejected: 0 } } });
  expect(events).toContainEqual({ kind: 'run', run: 'r1' });
  const rows = events.reduce((sum, event) => sum + (event.kind === 'rows' ? event.rows : 0), 0);
  expect(rows).toBeGreaterThanOrEqual(40);
  expect((await validate(given)).verdict).toBe('pass');
  const [{ schema = '' } = {}] = [done.report.target];
  const live = { run: 'r1', runsDir, target, targetDatabase, liveSchema: 'shop' };
  expect(await cutover(live)).toMatchObject({ isNew: true, cutover: { state: 'live', kind: 'swap' } });
  expect((await cutover(live)).isNew).toBe(false);
  expect(await onPostgres(target, 'select count(*)::int as n from shop.widgets')).toEqual([{ n: 40 }]);
  expect(await rollback(live)).toMatchObject({ isNew: true, cutover: { state: 'rolled-back', shadow: schema } });
});

test('an aborted run stops with a code, and resumes to the same proof', async () => {
  const { folder, ...given } = await place();
  const pipeline = await pipelineIn(folder);
  const options = { ...given, pipeline, run: 'r1', partRows: 10, jobs: 1, param: { origin: 'there' } };
  const controller = new AbortController();
  let parts = 0;
  const stopping = run({
    ...options,
    signal: controller.signal,
    onProgress: ({ kind }) => {
      if (kind === 'rows' && ++parts === 2) controller.abort();
    },
  });
  await expect(stopping).rejects.toMatchObject({ code: 'stopped', exitCode: 4 });
  const loaded = await onPostgres(given.target, 'select count(*)::int as n from shop_next.widgets');
  expect(loaded).toEqual([{ n: 20 }]);
  let read = 0;
  const resumed = await run({
    ...options,
    param: {},
    resume: true,
    onProgress: (event) => {
      if (event.kind === 'rows') read += event.rows;
    },
  });
  expect(resumed).toMatchObject({
    verdict: 'pass',
    report: { totals: { read: 40, loaded: 40 }, params: { origin: 'there' } },
  });
  expect(read).toBe(20);
  const live = { run: 'r1', runsDir: given.runsDir, target: given.target, targetDatabase: given.targetDatabase };
  await expect(cutover(live)).rejects.toMatchObject({ code: 'unknown-pipeline' });
  expect((await cutover({ ...live, pipeline })).cutover.state).toBe('live');
  await onPostgres(given.target, "insert into shop.widgets values (41, 'new', 'app')");
  await expect(rollback({ ...live, pipeline })).rejects.toMatchObject({ code: 'writes-would-be-lost' });
  expect((await rollback({ ...live, pipeline, discardWrites: true })).cutover.state).toBe('rolled-back');
});

test('an error has its code, and nothing was done', async () => {
  const { folder, ...given } = await place();
  const pipeline = await pipelineIn(folder);
  const options = { ...given, pipeline };
  const codeOf = (failing: Promise<unknown>): Promise<unknown> =>
    failing.then(
      () => 'nothing failed',
      (error: unknown) => (error instanceof WaybillError ? error.code : error),
    );
  expect(await codeOf(run({ ...options, targetDatabase: undefined }))).toBe('target-unnamed');
  expect(await codeOf(run({ ...options, target: undefined }))).toBe('configuration');
  expect(await codeOf(run({ ...options, source: undefined }))).toBe('configuration');
  expect(await codeOf(run({ ...options, jobs: 0 }))).toBe('usage');
  expect(await codeOf(run({ ...options, param: { origin: '' } }))).toBe('usage');
  expect(await codeOf(run({ ...options, maxRejects: 'many' }))).toBe('usage');
  expect(await codeOf(run({ ...options, resume: true }))).toBe('usage');
  expect(await codeOf(run({ ...options, pipeline: 'nowhere' }))).toBe('unknown-pipeline');
  expect(await codeOf(run({ ...options, pipeline: {} as PipelineModule }))).toBe('configuration');
  expect(await codeOf(validate({ ...given, pipeline }))).toBe('run-unknown');
  expect(await codeOf(cutover({ ...given, run: 'r9' }))).toBe('run-unknown');
  const [mapping] = pipeline.mappings;
  const broken = { ...pipeline, mappings: [{ ...(mapping as NonNullable<typeof mapping>), columns: {} }] };
  expect(await codeOf(run({ ...options, pipeline: broken }))).toBe('plan-refused');
  expect((await plan({ pipeline: broken })).problems.map(({ subject }) => subject)).toContain('widgets.label');
  const environment = {
    WAYBILL_SOURCE_URL: given.source.replace('public=', ''),
    WAYBILL_SOURCE_PUBLIC_URL: given.source.replace('public=', ''),
  };
  expect(await plan({ pipeline, environment })).toMatchObject({ source: 'matches', problems: [] });
  const schemas = await onPostgres(given.target, "select nspname from pg_namespace where nspname like 'shop%'");
  expect(schemas).toEqual([]);
});
