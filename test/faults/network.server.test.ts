import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../fixtures/aries/generate.ts';
import { mysqlUrl } from '../support/databases.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';

const databases = { c01: 'faults_c01', dmeworks: 'faults_dmeworks', repository: 'faults_repository' };
const sources = Object.entries(databases);

let runs: DisturbedRuns;
let proxy: TcpProxy;

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 5, defects: true, replace: true, databases });
  const source = sources.flatMap(([name, live]) => ['--source', `${name}=${mysqlUrl(live)}`]);
  runs = await disturbedRuns({ source });
});

afterAll(() => runs.database.drop());

const partsOf = 'select count(*)::int as parts from waybill.part where run = $1 and mapping = $2';

/**
 * Returns a target URL on which the acknowledgement of the commit of a mapping's part is lost. `then` disturbs the
 * connections.
 */
async function losingAcknowledgement(mapping: string, then: () => void): Promise<TcpProxy> {
  const way = await tcpProxy(runs.database.url);
  let isRecorded = false;
  way.onSent = (bytes) => {
    isRecorded ||= bytes.includes(mapping);
    if (!isRecorded || !bytes.includes('commit\0')) return;
    isRecorded = false;
    way.onSent = () => undefined;
    way.swallowAnswers();
    void wait(500).then(then);
  };
  return way;
}

describe('a lost acknowledgement of a commit', () => {
  it.each([
    ['asked', []],
    ['asked_staged', ['--staged']],
  ])(
    'is looked up in the ledger when the target is reachable again, and the run continues without a resume: %s',
    async (run, args) => {
      const mapping = 'c01.tbl_compliance_items > compliance_items';
      proxy = await losingAcknowledgement(mapping, () => proxy.cut());
      const disturbed = await runs.go(run, { args, target: proxy.through(runs.database.url) });
      await proxy.close();
      expectExit(disturbed, 0);
      expect(await runs.query(partsOf, [run, mapping])).toEqual([{ parts: 1 }]);
      await runs.expectSame(run);
    },
  );

  it.each([
    ['keyed', 'c01.tbl_order > orders', []],
    ['keyless_staged', 'c01.tbl_compliance_items > compliance_items', ['--staged']],
  ])(
    'together with the target leaves a part in the ledger, and the resume loads every row once: %s',
    async (run, mapping, args) => {
      let closed = Promise.resolve();
      proxy = await losingAcknowledgement(mapping, () => {
        closed = proxy.close();
      });
      const stopped = await runs.go(run, { args, target: proxy.through(runs.database.url) });
      await closed;
      expectExit(stopped, 4);
      expect(await runs.query(partsOf, [run, mapping])).toEqual([{ parts: 1 }]);
      await runs.expectSound(run);
      expectExit(await runs.go(run, { args, isResumed: true }), 0);
      await runs.expectSame(run);
    },
  );
});

it('a source that is cut off in the middle of a result is never mistaken for the end of the data', async () => {
  proxy = await tcpProxy(mysqlUrl());
  proxy.onSent = (bytes) => {
    if (bytes.includes('select') && bytes.includes('from `faults_c01`.`tbl_orderdetails`')) proxy.cutAfter(3000);
  };
  const source = sources.flatMap(([name, live]) => ['--source', `${name}=${proxy.through(mysqlUrl(live))}`]);
  const stopped = await runs.go('cut_source', { source });
  await proxy.close();
  expectExit(stopped, 4);
  expect(stopped.stderr).toContain('tbl_orderdetails');
  await runs.expectSound('cut_source');
  expectExit(await runs.go('cut_source', { isResumed: true }), 0);
  await runs.expectSame('cut_source');
});

it.each([
  ['terminated', []],
  ['terminated_staged', ['--staged']],
])('a target session that is ended in the middle of a COPY loses its part: %s', async (run, args) => {
  proxy = await tcpProxy(runs.database.url);
  let isOnce = true;
  let ending: Promise<void> | null = null;
  proxy.onSent = (bytes) => {
    if (!isOnce || !bytes.includes(`copy "${run}"."order_details"`)) return;
    isOnce = false;
    proxy.pause();
    ending = endCopies(run).finally(proxy.resume);
  };
  const disturbed = await runs.go(run, { args, target: proxy.through(runs.database.url) });
  await ending;
  await proxy.close();
  expectExit(disturbed, 0);
  expect(isOnce).toBe(false);
  await runs.expectSame(run);
});

/** Ends the sessions that are in the middle of a COPY, as soon as there is one. */
async function endCopies(schema: string): Promise<void> {
  const end = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'waybill' and query ilike 'copy "${schema}"%'`;
  await expect.poll(() => runs.query(end), { timeout: 30_000 }).not.toEqual([]);
}
