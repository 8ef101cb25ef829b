import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type MetricsServer, serveMetrics } from '../../../cli/metrics/metrics-server.ts';
import { type RunMetrics, runMetrics } from '../../../cli/metrics/run-metrics.ts';
import { WaybillError } from '../../../core/model/errors.ts';

async function served(): Promise<RunMetrics & MetricsServer> {
  const metrics = runMetrics();
  const server = await serveMetrics(metrics.registry, '127.0.0.1', 0);
  onTestFinished(() => server.close());
  return { ...metrics, ...server };
}

/** Returns waybill's samples that are not 0, as Prometheus reads them. */
async function samples(url: string): Promise<string[]> {
  const text = await (await fetch(url)).text();
  return text.split('\n').filter((line) => line.startsWith('waybill_') && !line.endsWith(' 0'));
}

test('the progress of a load is served by stage and table', async () => {
  const { url, progress } = await served();
  progress.stage('load', [
    { table: 'a > as', rows: 1_000 },
    { table: 'b > bs', rows: null },
  ]);
  progress.begin('a > as');
  progress.rows('a > as', 400, 8_000);
  progress.rows('a > as', 200, 4_000);
  progress.records('a > as', { rejected: 2, adjusted: 7 });
  expect(await samples(url)).toEqual([
    'waybill_rows_total{stage="load",table="a > as"} 600',
    'waybill_bytes_total{stage="load",table="a > as"} 12000',
    'waybill_rejected_rows_total{stage="load",table="a > as"} 2',
    'waybill_adjusted_values_total{stage="load",table="a > as"} 7',
    'waybill_rows_expected{stage="load",table="a > as"} 1000',
    'waybill_stage{stage="load"} 1',
  ]);
  progress.rows('b > bs', 5, 50);
  progress.end('a > as');
  progress.end('b > bs');
  expect((await samples(url)).filter((line) => line.includes('expected'))).toEqual([
    'waybill_rows_expected{stage="load",table="a > as"} 600',
    'waybill_rows_expected{stage="load",table="b > bs"} 5',
  ]);
});

test('a table without rows yet has counters of 0, and no estimate if the source gave none', async () => {
  const { url, progress } = await served();
  progress.stage('load', [{ table: 'b > bs', rows: null }]);
  const text = await (await fetch(url)).text();
  expect(text).toContain('waybill_rows_total{stage="load",table="b > bs"} 0\n');
  expect(text).not.toContain('waybill_rows_expected{');
});

test('one stage is current at a time, and checks are counted by verdict', async () => {
  const { url, progress } = await served();
  progress.stage('resolve', []);
  progress.records('a > as', { rejected: 1, adjusted: 0 });
  progress.stage('validate', []);
  progress.begin('counts');
  for (const verdict of ['pass', 'pass', 'fail', 'incomplete'] as const) progress.check('counts', verdict);
  progress.end('counts');
  expect(await samples(url)).toEqual([
    'waybill_rejected_rows_total{stage="resolve",table="a > as"} 1',
    'waybill_checks_total{verdict="pass"} 2',
    'waybill_checks_total{verdict="fail"} 1',
    'waybill_checks_total{verdict="incomplete"} 1',
    'waybill_stage{stage="validate"} 1',
  ]);
});

test('memory and CPU time are read at each scrape', async () => {
  const { url } = await served();
  const read = async (name: string): Promise<number> => {
    const text = await (await fetch(url)).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  expect(await read('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  const before = await read('process_cpu_seconds_total');
  expect(before).toBeGreaterThan(0);
  for (const until = performance.now() + 50; performance.now() < until; );
  expect(await read('process_cpu_seconds_total')).toBeGreaterThan(before);
});

test('two runs in one process have separate registries', async () => {
  const [one, other] = [await served(), await served()];
  one.progress.stage('load', [{ table: 'a > as', rows: 1 }]);
  expect(await samples(other.url)).toEqual([]);
});

test('only GET /metrics is served', async () => {
  const { url } = await served();
  const ok = await fetch(`${url}?now`);
  expect([ok.status, ok.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const others = [fetch(url.replace('/metrics', '/')), fetch(`${url}/x`), fetch(url, { method: 'POST', body: 'x' })];
  for (const other of await Promise.all(others)) expect([other.status, await other.text()]).toEqual([404, '']);
});

test('metrics are served on loopback until the server is closed, which also ends open connections', async () => {
  const metrics = await served();
  expect(metrics.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/metrics$/);
  const slow = connect(Number(new URL(metrics.url).port), '127.0.0.1');
  const ended = new Promise((done) => slow.on('close', done).on('error', done));
  slow.write('GET /metrics HTTP/1.1\r\n');
  await (await fetch(metrics.url)).text();
  await metrics.close();
  await ended;
  await expect(fetch(metrics.url)).rejects.toThrow('fetch failed');
});

test.each([
  ['a port in use', '127.0.0.1', null, 'EADDRINUSE'],
  ['an invalid port', '127.0.0.1', 70_000, 'ERR_SOCKET_BAD_PORT'],
  ['an address of another machine', '192.0.2.1', 0, 'EADDRNOTAVAIL'],
])('%s is a usage error', async (_, host, port, code) => {
  const other = createServer();
  await new Promise<void>((listening) => void other.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void other.close());
  const wanted = port ?? (other.address() as AddressInfo).port;
  const refused = await serveMetrics(runMetrics().registry, host, wanted).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WaybillError);
  expect((refused as WaybillError).exitCode).toBe(2);
  expect((refused as WaybillError).message).toBe(`Metrics cannot be served on port ${wanted} of ${host}: ${code}.`);
});
