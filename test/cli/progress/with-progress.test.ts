import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { withProgress } from '../../../cli/progress/with-progress.ts';
import { WaybillError } from '../../../core/model/errors.ts';

let printed = '';

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const onMetrics = { quiet: false, 'metrics-port': 0, 'metrics-host': undefined };

function urlOf(text: string): string {
  return /^metrics {2}(\S+)$/m.exec(text)?.[1] ?? '';
}

test('metrics are served until the work ends, on a free port that is printed', async () => {
  const seen = await withProgress(onMetrics, {}, async ({ progress }) => {
    progress.stage('export', []);
    progress.rows('a', 3, 30);
    return (await fetch(urlOf(printed))).text();
  });
  expect(seen).toContain('waybill_rows_total{stage="export",table="a"} 3\n');
  expect(printed).toMatch(/^metrics {2}http:\/\/127\.0\.0\.1:\d+\/metrics\nexport {2}3 rows {2}0\.\d s\n$/);
  await expect(fetch(urlOf(printed))).rejects.toThrow('fetch failed');
});

test('metrics are closed when the work fails', async () => {
  const failed = withProgress(onMetrics, {}, () => Promise.reject(new Error('broken')));
  await expect(failed).rejects.toThrow('broken');
  await expect(fetch(urlOf(printed))).rejects.toThrow('fetch failed');
});

test('a signal asks the work to stop, and metrics are served until it does', async () => {
  const stopped = await withProgress(onMetrics, {}, async ({ shouldStop }) => {
    process.emit('SIGTERM');
    return [shouldStop(), (await fetch(urlOf(printed))).status];
  });
  expect(stopped).toEqual([true, 200]);
  await expect(fetch(urlOf(printed))).rejects.toThrow('fetch failed');
});

test('a second signal closes the progress display before it ends the process', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const work = withProgress({ ...onMetrics, 'metrics-port': undefined }, {}, async ({ progress }) => {
    progress.stage('export', []);
    process.emit('SIGTERM');
    await new Promise((later) => setTimeout(later, 600));
    process.emit('SIGTERM');
  });
  await expect(work).rejects.toThrow('exit 4');
  expect(exit).toHaveBeenCalledOnce();
  expect(printed).toMatch(/^Stopping .+\nexport {2}0\.\d s\nwaybill: Stopped at once\. .+\n {2}resume: .+\n$/);
});

test('a work that stops ends with the command that resumes it', async () => {
  const given = { _: ['run'], pipeline: 'aries', run: undefined, resume: false };
  const stop = (code: 'stopped' | 'source-interrupted') =>
    withProgress({ ...onMetrics, quiet: true }, given, async ({ onRun }) => {
      onRun('march');
      throw new WaybillError(code, 'It ended.', { hint: 'Look at it.' });
    }).catch((error: WaybillError) => error.hint);
  expect(await stop('stopped')).toBe('Resume with: waybill run aries --run march --resume');
  expect(await stop('source-interrupted')).toBe('Look at it.\n  resume: waybill run aries --run march --resume');
});

test('a port in use is a usage error before the work begins', async () => {
  const other = createServer();
  await new Promise<void>((listening) => void other.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void other.close());
  const work = vi.fn();
  const { port } = other.address() as AddressInfo;
  const refused = await withProgress({ ...onMetrics, 'metrics-port': port }, {}, work).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WaybillError);
  expect((refused as WaybillError).exitCode).toBe(2);
  expect(work).not.toHaveBeenCalled();
});

test.each([-1, 1.5, Number.NaN])('a port of %d is a usage error', async (port) => {
  const refused = await withProgress({ ...onMetrics, 'metrics-port': port }, {}, vi.fn()).catch(
    (error: unknown) => error,
  );
  expect((refused as WaybillError).message).toBe('--metrics-port must be a whole number of 0 or more.');
});

test('a host without a port is a usage error', async () => {
  const args = { quiet: false, 'metrics-port': undefined, 'metrics-host': '127.0.0.1' };
  const refused = await withProgress(args, {}, vi.fn()).catch((error: unknown) => error);
  expect((refused as WaybillError).message).toBe('--metrics-host needs a port.');
});

test('--quiet prints nothing, with metrics or without', async () => {
  const work: Parameters<typeof withProgress>[2] = async ({ progress }) => {
    progress.stage('export', []);
    progress.rows('a', 3, 30);
    progress.note('a note');
    progress.end('a');
  };
  await withProgress({ ...onMetrics, quiet: true }, {}, work);
  await withProgress({ quiet: true, 'metrics-port': undefined, 'metrics-host': undefined }, {}, work);
  expect(printed).toBe('');
});
