import type { Conforming, TestFramework } from './harness.ts';
import { sourcesOf, tableOf } from './sources.ts';
import { child, composite, empty, keyed, keyless, plainTables } from './tables.ts';

/** The tests of the questions that a connector answers about its source. */
export function testInspector(framework: TestFramework, conformer: Conforming): void {
  framework.describe(`${conformer.name} as an inspector`, () => {
    const { test, expect } = framework;
    const { harness } = conformer;
    const { source } = sourcesOf(framework, conformer);

    test('rows are counted', async () => {
      const { inspector } = await source();
      for (const { name, rows } of [...plainTables, harness.everyType]) {
        expect([name, await inspector.count(`c01.${name}`)]).toEqual([name, rows.length]);
      }
    });

    test('the server reports its version and whether the connection is protected, or there is no server', async () => {
      const server = await (await source()).inspector.server();
      if (server === null) return;
      expect(server.version).toMatch(/^\d+\./);
      expect(typeof server.isLocal).toBe('boolean');
      expect(server.encryption === null || server.encryption.startsWith('TLS')).toBe(true);
    });

    test('the structure has the same tables with their keys as indexes, or there is none', async () => {
      const { inspector } = await source();
      const structure = await inspector.structure(['c01']);
      const tables = await inspector.tables(['c01']);
      expect(structure?.tables ?? tables).toMatchObject(tables);
      const primary = structure?.tables.map(({ indexes }) => indexes.filter(({ kind }) => kind === 'primary')) ?? [];
      const keys = primary.map(([index]) => index?.parts.map(({ column }) => column) ?? []);
      expect(keys).toEqual(structure === null ? [] : tables.map(({ key }) => key));
    });

    test('aggregates are exact', async () => {
      const from = await source();
      const children = await from.inspector.aggregates(await tableOf(from, child), ['amount', 'keyed_id', 'flag']);
      expect(children).toEqual([
        { column: 'amount', nonNull: 6, min: '-0.30', max: '99999999999999999.99', sum: '100000000000000000.00' },
        { column: 'keyed_id', nonNull: 6, min: '-1', max: '2147483647', sum: '2147483949' },
        { column: 'flag', nonNull: 7, min: null, max: null, sum: null },
      ]);
      expect(await from.inspector.aggregates(await tableOf(from, keyed), ['id'])).toEqual([
        { column: 'id', nonNull: 7, min: '-2147483648', max: '2147483647', sum: '1000000001' },
      ]);
      expect(await from.inspector.aggregates(await tableOf(from, composite), ['day'])).toEqual([
        { column: 'day', nonNull: 6, min: '2019-12-31', max: '2020-01-01', sum: null },
      ]);
    });

    test('aggregates over no rows are null, and every type has aggregates', async () => {
      const from = await source();
      expect(await from.inspector.aggregates(await tableOf(from, empty), ['id', 'amount'])).toEqual([
        { column: 'id', nonNull: 0, min: null, max: null, sum: null },
        { column: 'amount', nonNull: 0, min: null, max: null, sum: null },
      ]);
      const { columns, rows } = harness.everyType;
      const all = await from.inspector.aggregates(
        await tableOf(from, harness.everyType),
        columns.map(({ name }) => name),
      );
      expect(all.map(({ column, nonNull }) => [column, nonNull])).toEqual(
        columns.map(({ name }, i) => [name, rows.filter((row) => row[i] !== null).length]),
      );
    });

    test('orphans are found and named, except nulls, values that mean none, and rows excluded by a flag', async () => {
      const from = await source();
      const question = {
        child: await tableOf(from, child),
        columns: ['keyed_id'],
        parent: await tableOf(from, keyed),
        parentColumns: ['id'],
        none: ['7'],
      };
      expect(await from.inspector.orphans(question, 10)).toEqual({
        count: 3,
        keys: ['id=2', 'id=5', 'id=6'],
        isComplete: true,
      });
      expect(await from.inspector.orphans(question, 2)).toEqual({ count: 3, keys: ['id=2', 'id=5'], isComplete: true });
      const flagged = { ...question, when: { column: 'flag', equals: ['x'] } };
      expect(await from.inspector.orphans(flagged, 10)).toEqual({ count: 1, keys: ['id=2'], isComplete: true });
      const all = { ...question, none: ['7', '98', '99'] };
      expect(await from.inspector.orphans(all, 10)).toEqual({ count: 0, keys: [], isComplete: true });
      const strict = { ...question, none: [] };
      expect((await from.inspector.orphans(strict, 10)).count).toBe(4);
    });

    test('keys that are written as their parent writes them, numbers and nulls have no other spelling', async () => {
      const from = await source();
      const [bag, regions] = [await tableOf(from, keyless), await tableOf(from, composite)];
      const words = { child: bag, columns: ['word'], parent: regions, parentColumns: ['region'], none: [] };
      expect(await from.inspector.spellings(words, 10)).toEqual({ count: 0, pairs: [], isComplete: true });
      const both = { ...words, columns: ['word', 'number'], parentColumns: ['region', 'number'], none: ['b'] };
      expect(await from.inspector.spellings(both, 10)).toEqual({ count: 0, pairs: [], isComplete: true });
      const numbers = { ...words, columns: ['number'], parentColumns: ['number'] };
      expect(await from.inspector.spellings(numbers, 10)).toEqual({ count: 0, pairs: [], isComplete: true });
    });

    test('duplicates are found and named, and nulls never collide', async () => {
      const from = await source();
      const bag = await tableOf(from, keyless);
      expect(await from.inspector.duplicates(bag, ['word'], 10)).toEqual({
        count: 1,
        keys: ['word=a'],
        isComplete: true,
      });
      expect(await from.inspector.duplicates(bag, ['word', 'number'], 10)).toEqual({
        count: 1,
        keys: ['word=a, number=1'],
        isComplete: true,
      });
      const children = await tableOf(from, child);
      expect(await from.inspector.duplicates(children, ['keyed_id'], 10)).toEqual({
        count: 1,
        keys: ['id=2'],
        isComplete: true,
      });
      expect(await from.inspector.duplicates(children, ['flag'], 1)).toEqual({
        count: 2,
        keys: ['id=1'],
        isComplete: true,
      });
      expect(await from.inspector.duplicates(children, ['id'], 10)).toEqual({ count: 0, keys: [], isComplete: true });
    });
  });
}
