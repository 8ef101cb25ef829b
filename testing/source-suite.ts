import { WaybillError } from '../core/model/errors.ts';
import { rowText } from '../core/model/row-text.ts';
import type { TableSchema } from '../core/model/schema.ts';
import type { Row } from '../core/model/value.ts';
import type { Part } from '../core/ports/source.ts';
import { type Conforming, canary, type TestFramework } from './harness.ts';
import { rowsOf, rowsOfPart, sourcesOf, tableOf } from './sources.ts';
import { composite, empty, keyed, keyless, many, plainTables } from './tables.ts';

const open: Part = { number: 1, after: null, upTo: null };

/** The tests of a connector as a source. */
export function testSource(framework: TestFramework, conformer: Conforming): void {
  framework.describe(`${conformer.name} as a source`, () => {
    const { test, expect, onTestFinished } = framework;
    const { connector, harness } = conformer;
    const { source, place } = sourcesOf(framework, conformer);

    test('its tables have the expected columns, kinds, keys and unique keys', async () => {
      const found = await (await source()).inspector.tables(['c01']);
      const seen = found.map(({ name, columns, key, unique }) => {
        const plain = columns.map((c) => ({ name: c.name, kind: c.type.kind, nullable: c.nullable }));
        return { name, columns: plain, key, unique };
      });
      const wanted = [...plainTables, harness.everyType].map((table) => {
        const { columns, key, unique } = harness.seenAs?.(table) ?? table;
        return { name: `c01.${table.name}`, columns, key, unique };
      });
      expect(seen).toEqual(wanted.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    });

    test('a contract can be written with its type names', async () => {
      for (const { columns } of await (await source()).inspector.tables(['c01'])) {
        for (const { type } of columns) {
          // PostgreSQL reports an enum by its name. A contract lists its labels.
          if (type.kind !== 'enum' || type.native.startsWith('enum'))
            expect(connector.parseType(type.native)).toEqual(type);
        }
      }
    });

    test('a missing schema has no tables', async () => {
      const from = await connector.openSource(place().url, { schemas: {} });
      onTestFinished(() => from.close());
      expect(await from.inspector.tables(['no_such_schema'])).toEqual([]);
      expect(await from.inspector.tables([])).toEqual([]);
    });

    test('every type is read in its canonical form', async () => {
      const rows = await rowsOf(await source(), harness.everyType);
      const byColumn = (all: readonly Row[]) =>
        all.map((row) => Object.fromEntries(harness.everyType.columns.map(({ name }, i) => [name, plain(row[i])])));
      expect(byColumn(rows)).toEqual(byColumn(harness.everyType.rows));
    });

    test('a row holds the requested columns in the requested order', async () => {
      const from = await source();
      const table = await tableOf(from, keyed);
      const asked = { ...table, columns: table.columns.toReversed() };
      const rows: Row[] = [];
      for (const part of await from.parts(table, 1000)) rows.push(...(await rowsOfPart(from, asked, part)));
      expect(rows).toEqual(keyed.rows.map((row) => row.toReversed()));
    });

    for (const expected of [keyed, composite, many]) {
      test(`rows of ${expected.name} come in key order`, async () => {
        expect(await rowsOf(await source(), expected)).toEqual(expected.rows);
      });
    }

    test('equal rows of a table without a key are adjacent, and none is lost', async () => {
      const from = await source();
      const lines = (await rowsOf(from, keyless)).map(rowText);
      expect(lines.toSorted()).toEqual(keyless.rows.map(rowText).toSorted());
      expect(lines.filter((line, i) => line !== lines[i - 1])).toHaveLength(new Set(lines).size);
      expect(await from.parts(await tableOf(from, keyless), 1)).toEqual([open]);
    });

    const sizes = [keyed, composite].flatMap((expected) => {
      const n = expected.rows.length;
      return [1, 2, n - 1, n, n + 1].map((maxRows) => ({ expected, maxRows }));
    });

    for (const { expected, maxRows } of sizes) {
      test(`parts of ${maxRows} rows cover ${expected.name} exactly once`, async () => {
        const from = await source();
        const table = await tableOf(from, expected);
        const parts = await from.parts(table, maxRows);
        expect(parts.map(({ number }) => number)).toEqual(parts.map((_, i) => i + 1));
        expect(parts.map(({ after }) => after)).toEqual([null, ...parts.slice(0, -1).map(({ upTo }) => upTo)]);
        expect(parts.at(-1)?.upTo).toBe(null);
        if (harness.cuts) expect(parts).toHaveLength(Math.ceil(expected.rows.length / maxRows));
        const byPart: Row[][] = [];
        // Backwards, because no part may depend on the one before it.
        for (const part of parts.toReversed()) byPart.unshift(await rowsOfPart(from, table, part));
        expect(byPart.flat()).toEqual(expected.rows);
        expect(await from.parts(table, maxRows)).toEqual(parts);
      });
    }

    test('an empty table is cut and read as empty', async () => {
      const from = await source();
      expect(await rowsOf(from, empty)).toEqual([]);
      expect(await from.inspector.count('c01.empty')).toBe(0);
    });

    test('reading a part twice gives the same rows', async () => {
      const from = await source();
      for (const expected of [keyed, composite, keyless, harness.everyType]) {
        const table = await tableOf(from, expected);
        for (const part of await from.parts(table, 3)) {
          const first = await rowsOfPart(from, table, part);
          expect((await rowsOfPart(from, table, part)).map(rowText)).toEqual(first.map(rowText));
        }
      }
    });

    test('batches hold 1 to 1000 rows', async () => {
      const from = await source();
      const table = await tableOf(from, many);
      const found: number[] = [];
      for (const part of await from.parts(table, 10_000)) {
        for await (const batch of from.read(table, part)) found.push(batch.length);
      }
      expect(found.reduce((sum, size) => sum + size, 0)).toBe(2500);
      expect(Math.min(...found)).toBeGreaterThan(0);
      expect(Math.max(...found)).toBeLessThanOrEqual(1000);
    });

    test('an abandoned reading leaves the source usable', async () => {
      const from = await source();
      const table = await tableOf(from, many);
      const [part = open] = await from.parts(table, 10_000);
      for (let i = 0; i < 12; i++) {
        for await (const _ of from.read(table, part)) break;
      }
      from.read(table, part); // never started
      expect(await from.inspector.count('c01.many')).toBe(2500);
      expect(await rowsOf(from, many)).toEqual(many.rows);
    });

    test('an error names a missing table', async () => {
      const from = await source();
      const missing: TableSchema = { ...(await tableOf(from, keyed)), name: 'c01.gone' };
      const looks = [
        () => from.inspector.count('c01.gone'),
        () => from.parts(missing, 1),
        () => rowsOfPart(from, missing, open),
      ];
      for (const look of looks) {
        const error = await failure(look());
        expect(error).toMatchObject({ code: 'source-missing-table' });
      }
    });

    test('a closed source reports that it is closed, and can be closed twice', async () => {
      const from = await source();
      const table = await tableOf(from, keyed);
      await from.close();
      await from.close();
      const uses = [
        () => from.inspector.count('c01.keyed'),
        () => from.parts(table, 2),
        () => rowsOfPart(from, table, open),
      ];
      for (const use of uses) expect(await failure(use())).toBeInstanceOf(WaybillError);
    });

    test('a source that cannot be opened reports the right code, and no password', async () => {
      for (const { what, url, code } of harness.wrongUrls(place())) {
        const error = await failure(connector.openSource(url, { schemas: { c01: place().schema } }));
        expect([what, (error as WaybillError).code]).toEqual([what, code]);
        expect(`${error} ${(error as WaybillError).hint}`).not.toContain(canary);
      }
    });

    test('its label names the place without a password', async () => {
      const { label } = await source();
      expect(label).toMatch(/^\w+:/);
      const { password } = URL.canParse(place().url) ? new URL(place().url) : { password: '' };
      if (password !== '') expect(label).not.toContain(`:${password}@`);
    });
  });
}

/** Returns what a promise rejects with. The promise must not resolve. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
}

/** Returns a value in which buffers and other byte arrays compare by their bytes. */
function plain(value: Row[number] | undefined): unknown {
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('hex') } : value;
}
