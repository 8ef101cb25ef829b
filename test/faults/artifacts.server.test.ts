import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../core/model/errors.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';

const part = 'orders.from.public.Order/000001.jsonl';

let runs: DisturbedRuns;
/** A part between the transform and the load. */
let path: string;
let original: Buffer;

beforeAll(async () => {
  runs = await disturbedRuns({ pipeline: 'marketplace', args: ['--staged'] });
  expectExit(await runs.go('tampered', { stage: 'export' }), 0);
  expectExit(await runs.go('tampered', { stage: 'transform' }), 0);
  path = join(runs.folder, '.waybill/runs/tampered/transform', part);
  original = await readFile(path);
});

afterAll(() => runs.database.drop());

/** Ways to change the lines of the part. The header is first. */
const ways: Readonly<Record<string, (lines: readonly string[]) => readonly string[] | Promise<readonly string[]>>> = {
  'a line deleted': (lines) => lines.toSpliced(3, 1),
  'a line doubled': (lines) => lines.toSpliced(3, 0, lines[3] as string),
  'two lines swapped': (lines) => lines.with(3, lines[4] as string).with(4, lines[3] as string),
  'its tail dropped': (lines) => lines.slice(0, -2),
  'its last line cut': (lines) => lines.with(-1, (lines.at(-1) as string).slice(0, -3)),
  'one letter changed': (lines) =>
    lines.with(
      3,
      (lines[3] as string).replace(/[a-z]/, (letter) => letter.toUpperCase()),
    ),
  'the lines of another part': async () =>
    (await readFile(path.replace(part, 'shipments.from.public.Shipment/000001.jsonl'), 'utf8')).trimEnd().split('\n'),
};

describe('a part of the transform', () => {
  it.each(Object.entries(ways))('with %s stops the import, and nothing of it is loaded', async (_way, change) => {
    const lines = original.toString().trimEnd().split('\n');
    await writeFile(path, `${(await change(lines)).join('\n')}\n`);
    const stopped = await runs.go('tampered', { stage: 'import' });
    expectExit(stopped, errorCodes['part-damaged']);
    expect(stopped.stderr).toContain(part);
    const sql = `select from waybill.part where run = 'tampered' and mapping = 'public.Order > orders' `;
    expect(await runs.query(sql)).toEqual([]);
    await runs.expectSound('tampered');
  });

  it('is imported with the same result once it is restored', async () => {
    await writeFile(path, original);
    expectExit(await runs.go('tampered', { stage: 'import' }), 0);
    expectExit(await runs.go('tampered', { stage: 'validate' }), 0);
    await runs.expectSame('tampered');
  });
});
