import { expect, onTestFinished, test } from 'vitest';
import { shop } from '../../connectors/sqlserver/shop.ts';
import { reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase } from '../../support/databases.ts';
import { onPostgres } from '../../support/live-databases.ts';
import { serveFacts } from '../../support/tds/server-of-facts.ts';

async function place(): Promise<{ readonly folder: string; readonly source: string; readonly target: string }> {
  const server = await serveFacts(shop);
  onTestFinished(server.close);
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  return { folder: await workFolder(), source: server.url, target: url };
}

test('waybill copy brings a SQL Server database into PostgreSQL, and proves it', async () => {
  const { folder, source, target } = await place();
  const { code, stdout, stderr } = await waybill(folder, ['copy', source, target, '--run', 'c1']);
  expect([code, stderr, stdout]).toEqual([0, expect.any(String), expect.stringMatching(/^PASS/m)]);
  const { verdict, inventory } = await reportOf(folder, 'c1');
  expect(verdict).toBe('pass');
  expect((inventory ?? []).filter(({ outcome }) => outcome === 'undeclared')).toEqual([]);
  const rows = await onPostgres(
    target,
    'set search_path to dbo_next',
    'select id, code, name, country, is_active, balance, created_at::text as at, place from customers order by id',
  );
  expect(rows.map(({ id, code: key, country, balance, at }) => [id, key, country, balance, at])).toEqual([
    [1, 'ADA', 'de', '922337203685477.5807', '2024-01-01 10:20:30.123456'],
    [7, 'zoe', 'fr', '0.1000', '2024-01-01 00:00:00'],
  ]);
  const orders = await onPostgres(
    target,
    'set search_path to dbo_next',
    "set timezone to 'UTC'",
    'select "order no"::text as no, customer, placed_at::text as at, total::text from orders order by 1',
  );
  expect(orders.map(({ no, customer, at, total }) => [no, customer, at, total])).toEqual([
    ['9007199254740993', 'ADA', '2024-02-03 02:05:06.789+00', '9007199254740993.0001'],
    ['9007199254740994', 'zoe', '2024-02-03 15:35:06+00', '-0.0001'],
  ]);
  const [{ n } = {}] = await onPostgres(target, 'set search_path to dbo_next', 'select count(*) as n from notes');
  expect(String(n)).toBe('3');
});

test('a project made from it runs in stages, and validates against the live source', async () => {
  const { folder, source, target } = await place();
  const init = await waybill(folder, ['init', source, 'shop']);
  expect([init.code, init.stderr]).toEqual([0, expect.any(String)]);
  const ends = ['--source', source, '--target', target];
  const run = await waybill(folder, ['run', 'shop', ...ends, '--run', 'r1', '--staged']);
  expect([run.code, run.stderr]).toEqual([0, expect.any(String)]);
  const again = await waybill(folder, ['validate', 'shop', ...ends, '--run', 'r1']);
  expect([again.code, again.stderr]).toEqual([0, expect.any(String)]);
});
