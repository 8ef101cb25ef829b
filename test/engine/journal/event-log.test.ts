import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { WaybillError } from '../../../core/model/errors.ts';
import type { LedgerEntry } from '../../../core/ports/ledger.ts';
import { EventLog } from '../../../engine/journal/event-log.ts';
import { type RunEvent, readEvents } from '../../../engine/journal/events.ts';
import { runFolder } from '../../../engine/journal/run-folder.ts';
import type { ReportWriter } from '../../../engine/stages/report.ts';
import type { RunOptions } from '../../../engine/stages/run.ts';
import { exportRun, importRun, transformRun, validateRun } from '../../../engine/stages/stage-runs.ts';
import { type Verification, verifyRun } from '../../../engine/verify/verify-run.ts';
import { reportJson } from '../../../reports/json-report.ts';
import { parseReport } from '../../../reports/model.ts';
import { customer, order, shopMappings } from '../../validators/shop.ts';
import { plainRows, refusing, type ShopRows, type ShopRuns, shopRuns } from '../memory/shop-runs.ts';

const modes = ['direct', 'staged'] as const;
const now = () => new Date('2026-11-21T03:00:00Z');
const writeReport: ReportWriter = (facts, folder) => writeFile(join(folder, 'report.json'), reportJson(facts));
const common = { partRows: 5, maxRejects: 2, writeReport };

/** Parts with records, an order that is rejected when references are resolved, and a row that the target refuses. */
const rows: ShopRows = {
  customer: plainRows(8).customer.map((row, i) => (i === 2 ? customer(3, { Born: '0000-00-00' }) : row)),
  order: [order(11, 1), order(12, 999), order(13, 8)],
  log: [['a'], ['a'], ['b']],
};

async function brokenShop(): Promise<ShopRuns> {
  const shop = await shopRuns(rows, shopMappings('reject'));
  shop.server.faults.refuse = refusing('customers', 'Name 6');
  return shop;
}

const folderOf = (shop: ShopRuns): string => join(shop.runsPath, 'r1');

function verify(shop: ShopRuns): Promise<Verification> {
  const { openDirectory } = shop.options();
  const folder = runFolder(shop.runsPath, 'r1');
  return verifyRun({ folder, head: null, publicKey: null, openDirectory, parseReport });
}

async function eventsOf(shop: ShopRuns): Promise<readonly RunEvent[]> {
  return (await readEvents(folderOf(shop), 'r1')).events;
}

function broken(): WaybillError {
  return new WaybillError('target-interrupted', 'The connection broke.', { hint: 'Resume.' });
}

test.each(modes)('the folder of a finished run matches its event log (%s)', async (mode) => {
  for (const jobs of [1, 4]) {
    const shop = await brokenShop();
    await shop.run({ mode, jobs, ...common });
    expect(await verify(shop)).toMatchObject({ mismatch: null, isFinished: true, unknownFiles: 0, isSigned: false });
    const events = await eventsOf(shop);
    expect(events.map(({ number }) => number)).toEqual(events.map((_, i) => i + 1));
    expect(events.filter(({ event }) => event === 'loaded')).toHaveLength(shop.ledger().length);
    expect((await stat(join(folderOf(shop), 'events.jsonl'))).mode & 0o777).toBe(0o600);
  }
});

test('an event log contains no values of rows', async () => {
  const shop = await shopRuns({ customer: [customer(1, { Name: 'Erika Mustermann', Born: '0000-00-00' })] });
  await shop.run({ mode: 'staged' });
  expect(await readFile(join(folderOf(shop), 'events.jsonl'), 'utf8')).not.toContain('Erika');
});

test('after single stages, the folder is intact but unfinished until the run is validated', async () => {
  const shop = await brokenShop();
  for (const stage of [exportRun, transformRun, (o: RunOptions) => importRun(o, 'shop')]) {
    await stage(shop.options(common));
    expect(await verify(shop)).toMatchObject({ mismatch: null, isFinished: false, unknownFiles: 0 });
  }
  for (let again = 0; again < 2; again++) {
    await validateRun(shop.options(common));
    expect(await verify(shop)).toMatchObject({ mismatch: null, isFinished: true });
  }
  await importRun(shop.options(common), 'shop');
  expect(await verify(shop)).toMatchObject({ mismatch: null, isFinished: false });
});

test('a repeated transform forgets its earlier files', async () => {
  const shop = await brokenShop();
  await exportRun(shop.options(common));
  await transformRun(shop.options(common));
  await writeFile(join(folderOf(shop), 'transform', 'stray.jsonl'), '');
  await transformRun(shop.options(common));
  expect(await verify(shop)).toMatchObject({ mismatch: null, unknownFiles: 0 });
});

describe.each(modes)('a killed run (%s)', (mode) => {
  test.each(['beforeCommit', 'afterCommit'] as const)(
    'at any commit ($moment) is intact so far, and finished after a resume',
    async (moment) => {
      const first = await brokenShop();
      await first.run({ mode, ...common });
      for (let n = 1; n <= first.ledger().length; n++) {
        const shop = await brokenShop();
        let calls = 0;
        shop.server.faults[moment] = (_: LedgerEntry) => {
          if (++calls === n) throw broken();
        };
        await expect(shop.run({ mode, ...common })).rejects.toMatchObject({ code: 'target-interrupted' });
        expect(await verify(shop)).toMatchObject({ mismatch: null, isFinished: false });
        await shop.resume({ mode, ...common });
        expect(await verify(shop)).toMatchObject({ mismatch: null, isFinished: true });
        const healed = (await eventsOf(shop)).filter((event) => event.isFromLedger === true);
        expect(healed).toHaveLength(moment === 'afterCommit' ? 1 : 0);
      }
    },
  );

  test('at any event, written wholly, half or not at all, is intact and finished after a resume', async () => {
    const first = await brokenShop();
    await first.run({ mode, ...common });
    const total = (await eventsOf(first)).length;
    for (let n = 2; n <= total; n++) {
      for (const how of mode === 'direct' ? hows : [hows[n % 3] as (typeof hows)[number]]) {
        const shop = await brokenShop();
        const clock = dyingClock(shop, n, how);
        await expect(shop.run({ mode, ...common, now: clock })).rejects.toThrow('killed');
        await clock.leave();
        const isLast = n === total && how === 'whole';
        const killed = isLast
          ? { mismatch: expect.stringContaining('head.json') }
          : { mismatch: null, isFinished: false };
        expect([n, how, await verify(shop)]).toMatchObject([n, how, killed]);
        await shop.resume({ mode, ...common });
        expect([n, how, await verify(shop)]).toMatchObject([n, how, { mismatch: null, isFinished: true }]);
        const repaired = (await eventsOf(shop)).filter(({ event }) => event === 'repaired');
        expect([n, how, repaired.length]).toEqual([n, how, how === 'half' ? 1 : 0]);
      }
    }
  }, 120_000);
});

const hows = ['not at all', 'half', 'whole'] as const;

/** A clock that kills a run at its n-th event. `leave` then writes as much of the event as a crash would have left. */
function dyingClock(shop: ShopRuns, n: number, how: 'not at all' | 'half' | 'whole') {
  const path = join(folderOf(shop), 'events.jsonl');
  const lines: string[] = [];
  const write = EventLog.prototype as unknown as { write: (text: string) => Promise<void> };
  const { write: real } = write;
  onTestFinished(() => {
    write.write = real;
  });
  write.write = async function (this: EventLog, text: string) {
    lines.push(text);
    if (lines.length === n) throw new Error('killed');
    await real.call(this, text);
  };
  const leave = async (): Promise<void> => {
    write.write = real;
    const line = lines[n - 1] as string;
    if (how === 'half') await appendFile(path, line.slice(0, line.length / 2));
    if (how === 'whole') await appendFile(path, line);
  };
  return Object.assign(now, { leave });
}

describe('a resume is refused, and nothing changes, when', () => {
  let shop: ShopRuns;
  let path: string;

  beforeEach(async () => {
    shop = await brokenShop();
    await expect(shop.run({ partRows: 5, writeReport })).rejects.toMatchObject({ code: 'too-many-rejects' });
    path = join(folderOf(shop), 'events.jsonl');
  });

  const lines = async (change: (lines: string[]) => string[]): Promise<void> => {
    await writeFile(path, change((await readFile(path, 'utf8')).split('\n')).join('\n'));
  };

  test.each<[string, () => Promise<void>, RegExp]>([
    ['a line was removed', () => lines((l) => l.toSpliced(1, 1)), /line 2: it holds event 3/],
    ['a line was doubled', () => lines((l) => l.toSpliced(1, 0, l[1] as string)), /line 3: it holds event 2 again/],
    [
      'two lines were swapped',
      () => lines(([a, b, c, ...l]) => [a, c, b, ...l] as string[]),
      /line 2: it holds event 3/,
    ],
    [
      'a line was edited',
      () => lines((l) => l.with(1, l[1]?.replace('at":"2', 'at":"3') ?? '')),
      /line 2: it was changed/,
    ],
    ['the log is empty', () => truncate(path, 0), /has no events/],
    ['the log is gone', () => rm(path), /has no events.jsonl/],
    [
      'the manifest was edited',
      async () => {
        const manifest = join(folderOf(shop), 'manifest.json');
        await writeFile(
          manifest,
          (await readFile(manifest, 'utf8')).replace('"isConsistent": true', '"isConsistent": false'),
        );
      },
      /manifest.json: it differs from what events.jsonl records/,
    ],
  ])('%s', async (_what, tamper, message) => {
    await tamper();
    const before = await readFile(path, 'utf8').catch(() => null);
    await expect(shop.resume(common)).rejects.toMatchObject({ message: expect.stringMatching(message) });
    expect(await readFile(path, 'utf8').catch(() => null)).toBe(before);
  });
});

describe('the log', () => {
  async function emptyFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-log-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    return folder;
  }

  test('keeps the order in which events are appended, however many wait', async () => {
    const folder = await emptyFolder();
    const log = await EventLog.begin(folder, 'r', { now });
    await Promise.all(Array.from({ length: 50 }, (_, i) => log.append('e', { i })));
    const { events, mismatch } = await readEvents(folder, 'r');
    expect(mismatch).toBe(null);
    expect(events.map(({ i }) => i)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test('holds each command that worked on the run, in the first event of the command', async () => {
    const folder = await emptyFolder();
    const command = { operator: null, host: 'h', command: null, waybill: '0', node: '20', settings: {} };
    const log = await EventLog.begin(folder, 'r', { now, by: command });
    await log.append('e');
    await log.append('e');
    const again = await EventLog.open(folder, 'r', { now, by: { ...command, host: 'other' } });
    expect(again.commands.map(({ host }) => host)).toEqual(['h']);
    await again.append('e');
    expect(again.commands.map(({ host }) => host)).toEqual(['h', 'other']);
    const { events } = await readEvents(folder, 'r');
    expect(events.map(({ by }) => by?.host)).toEqual(['h', undefined, 'other']);
  });

  test('refuses the second of two processes that append to it', async () => {
    const folder = await emptyFolder();
    const one = await EventLog.begin(folder, 'r', { now });
    await one.append('e');
    const two = await EventLog.open(folder, 'r', { now });
    await two.append('e');
    await expect(one.append('e')).rejects.toMatchObject({ code: 'run-locked' });
    expect((await readEvents(folder, 'r')).mismatch).toBe(null);
  });

  test('refuses every append after a failed one', async () => {
    const folder = await emptyFolder();
    const log = await EventLog.begin(folder, 'r', { now });
    await log.append('e');
    await expect(log.append('e', {}, ['.'])).rejects.toThrow();
    await expect(log.append('e')).rejects.toThrow();
    expect((await readEvents(folder, 'r')).events).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['events.jsonl']);
  });
});
