import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase } from '../support/databases.ts';

const data = join(import.meta.dirname, '../../fixtures/marketplace/data');

test('waybill runs lists each run with its verdict and state, and a run may be named by its path', async () => {
  const folder = await workFolder();
  const database = await createPgDatabase();
  try {
    const target = ['--target', database.url];
    const load = (run: string, ...options: readonly string[]) =>
      waybill(folder, [
        'run',
        'marketplace',
        '--source',
        `jsonl:${data}`,
        ...target,
        '--run',
        run,
        '--quiet',
        ...options,
      ]);
    expect((await waybill(folder, ['runs'])).stdout).toBe('.waybill/runs has no runs.\n');
    expect((await load('stopped')).code).toBe(4);
    expect((await waybill(folder, ['drop', '.waybill/runs/stopped', ...target])).code).toBe(0);
    expect((await load('first', '--max-rejects', '99')).code).toBe(0);
    expect((await waybill(folder, ['cutover', '.waybill/runs/first/', ...target])).code).toBe(0);
    expect((await load('second', '--max-rejects', '99')).code).toBe(0);
    await mkdir(join(folder, '.waybill/runs/broken'));
    await writeFile(join(folder, '.waybill/runs/broken/manifest.json'), '{');

    const { code, stdout } = await waybill(folder, ['runs', '--json']);
    const { runs, unreadable } = JSON.parse(stdout);
    const facts = { pipeline: 'marketplace', schema: 'marketplace_next' };
    expect(runs).toMatchObject([
      { ...facts, run: 'stopped', verdict: null, state: 'dropped', finishedAt: null, rows: null },
      { ...facts, run: 'first', verdict: 'pass', state: 'live' },
      { ...facts, run: 'second', verdict: 'pass', state: 'loaded', rows: { rejected: expect.any(Number) } },
    ]);
    expect([code, unreadable]).toEqual([0, ['broken']]);
    const text = await waybill(folder, ['runs', 'marketplace']);
    expect(text.stdout).toMatch(/^first +marketplace .+ PASS +live +[\d,]+ +\d+ +marketplace_next$/m);
    expect(text.stdout).toContain('broken  cannot be read');
    expect((await waybill(folder, ['runs', '--html', 'runs.html'])).code).toBe(0);
    const html = await readFile(join(folder, 'runs.html'), 'utf8');
    expect(html).toContain('<a href=".waybill/runs/first/report.html">first</a>');
    expect(html.indexOf('>second<')).toBeLessThan(html.indexOf('>first<'));
    expect((await waybill(folder, ['runs', '--html', 'no/where.html'])).code).toBe(2);
    expect((await waybill(folder, ['runs', 'aries', '--json'])).stdout).toBe('{"runs":[],"unreadable":["broken"]}\n');
  } finally {
    await database.drop();
  }
});
