import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Source } from '../../../core/ports/source.ts';
import { withRun } from '../../../engine/begin-run.ts';
import { partsOf, type RunContext } from '../../../engine/run-context.ts';
import { plainRows, shopRuns } from '../memory/shop-runs.ts';

test('a run of many tables writes its manifest a hundred times at most, with each table cut once and before its rows are read', async () => {
  const shop = await shopRuns(plainRows(1));
  const cut: string[] = [];
  const parts: Source['parts'] = async ({ name }) => {
    cut.push(name);
    return [{ number: 1, after: null, upTo: null }];
  };
  await withRun(shop.options(), 'direct', async (context) => {
    const [planned] = context.selected;
    if (planned === undefined) throw new Error('the shop has no table');
    const all = Array.from({ length: 950 }, (_, i): TableSchema => ({ ...planned.source, name: `c01.t${i}` }));
    const tables = new Map(all.map((table) => [table.name, table]));
    const many: RunContext = { ...context, selected: all.map((source) => ({ ...planned, source })) };
    const source = { parts } as Source;
    for (let i = 0; i < all.length; i += 2) {
      const two = all.slice(i, i + 2).map((table) => partsOf(many, source, table, tables));
      expect(await Promise.all(two)).toEqual(two.map(() => [{ number: 1, after: null, upTo: null }]));
    }
    expect(cut).toEqual(all.map(({ name }) => name));
    const log = await readFile(join(context.folder.path, 'events.jsonl'), 'utf8');
    expect(log.split('\n').filter((line) => line.includes('"cut"')).length).toBe(95);
  });
});
