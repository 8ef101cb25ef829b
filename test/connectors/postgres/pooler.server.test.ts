import { expect, onTestFinished, test } from 'vitest';
import { postgres } from '../../../connectors/postgres/connector.ts';
import type { Connector } from '../../../core/ports/connector.ts';
import { pooler } from '../../support/pooler.ts';
import { database, load, schema, sql, target } from './database.ts';

const { openSource, openTarget, openLiveSchemas } = postgres as Required<Connector>;

const opened = {
  source: (url: string) => openSource(url, { schemas: { c01: schema } }),
  target: (url: string) => openTarget(url, { schema, settings: {} }),
  'live schemas': (url: string) => openLiveSchemas(url, {}),
};
const cases = Object.entries(opened).flatMap(([side, open]) =>
  (['last', 'first'] as const).map((order) => ({ side, open, order })),
);

test.each(cases)(
  'a pooler in transaction mode is refused as the $side, and nothing stays behind (idle server used $order)',
  async ({ open, order }) => {
    const url = await database(`create schema ${schema}`);
    const proxy = await pooler(url, 'transaction', order);
    onTestFinished(() => proxy.close());
    const through = proxy.through(url);
    // Other clients have used several servers before.
    await Promise.all([1, 2, 3].map(() => sql(through, 'select pg_sleep(0.1)')));
    await expect(open(through)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('is a connection pooler in transaction mode'),
      hint: 'Name the PostgreSQL server itself in the URL, or a pooler in session mode.',
    });
    const settings = `
    select current_setting('search_path'), current_setting('lock_timeout'), current_setting('synchronous_commit'), pg_backend_pid()`;
    const direct = (await sql(url, settings))[0]?.slice(0, 3);
    for (let i = 0; i < 4; i++) expect((await sql(through, settings))[0]?.slice(0, 3)).toEqual(direct);
    const left = `select state from pg_stat_activity where datname = current_database() and state like 'idle in%'`;
    expect(await sql(url, left)).toEqual([]);
    expect(
      await sql(
        url,
        "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
      ),
    ).toEqual([['0']]);
  },
);

test('a pooler in session mode is as good as the server itself', async () => {
  const url = await database(`create schema ${schema}`, `create table ${schema}.t (id integer primary key)`);
  const proxy = await pooler(url, 'session');
  onTestFinished(() => proxy.close());
  const into = await target(proxy.through(url));
  await into.claim('r1');
  await load(into, 't', ['id'], [['1'], ['2']]);
  expect(await into.inspector.count('t')).toBe(2);
});
